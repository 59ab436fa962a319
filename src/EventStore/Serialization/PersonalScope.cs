using Crescent.EventStore.PersonalData;

namespace Crescent.EventStore.Serialization;

/// <summary>
/// The key for the personal members of the object that this thread is serializing right now. Serialization is
/// synchronous, so the thread is the scope.
/// </summary>
readonly ref struct PersonalScope
{
    [ThreadStatic]
    static PersonalKey? _current;

    readonly PersonalKey? _outer;

    public PersonalScope(PersonalKey? key)
    {
        _outer = _current;
        _current = key;
    }

    public static PersonalKey Key => _current
        ?? throw new InvalidOperationException("Personal data without a data subject: the record must implement IPersonalData and name its user.");

    public void Dispose() => _current = _outer;
}

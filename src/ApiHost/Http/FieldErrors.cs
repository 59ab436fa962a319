namespace Crescent.ApiHost.Http;

/// <summary>Collects everything that is wrong with a request, so that a client learns of all of it at once.</summary>
internal sealed class FieldErrors
{
    readonly SortedDictionary<string, List<string>> _errors = new(StringComparer.Ordinal);

    public bool Any => _errors.Count > 0;

    public void Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors.Add(field, messages = []);
        messages.Add(message);
    }

    public Problem ToProblem() => new(
        ProblemType.InvalidRequest,
        $"{_errors.Count} {(_errors.Count == 1 ? "field is" : "fields are")} wrong: {string.Join(", ", _errors.Keys)}.",
        _errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));
}

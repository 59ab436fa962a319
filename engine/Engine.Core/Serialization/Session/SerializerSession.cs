using System.Runtime.CompilerServices;
using Engine.CodeGeneration;

namespace Orleans.Serialization.Session;

/// <summary>What is remembered while one message is written or read: the objects and the types that have occurred.</summary>
public sealed class SerializerSession : IDisposable
{
    /// <summary>Objects nested deeper than this are refused, written or read.</summary>
    internal const int MaxDepth = 2048;

    /// <summary>How many objects deep the stack is looked at once.</summary>
    private const int StackCheck = 32;

    /// <summary>The longest name of a type, in UTF-8 bytes.</summary>
    internal const int MaxTypeName = 1024;

    internal const string TooDeep = "objects are nested too deeply, or an immutable object contains itself";

    private readonly SerializerSessionPool _pool;
    private readonly IdentityMap<uint> _written = new();
    private readonly List<Type> _writtenTypes = [];
    private readonly List<object?> _read = [];
    private readonly List<TypeEntry> _readTypes = [];
    private int _nextObject;
    private int _nextType;

    internal SerializerSession(SerializerSessionPool pool) => _pool = pool;

    internal CodecProvider Codecs => _pool.Codecs;
    internal int Depth { get; set; }
    internal int TypeCount => _nextType;

    /// <summary>Goes one object deeper; false if that is too deep, for the bound or for what is left of the stack.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryEnter() => ++Depth % StackCheck != 0 || (Depth <= MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack());

    /// <summary>Forgets everything and goes back to its pool.</summary>
    public void Dispose()
    {
        Reset();
        _pool.Return(this);
    }

    /// <summary>Forgets everything: the next value stands alone.</summary>
    public void Reset()
    {
        _written.Clear();
        _writtenTypes.Clear();
        _read.Clear();
        _readTypes.Clear();
        _nextObject = 0;
        _nextType = 0;
        Depth = 0;
    }

    /// <summary>The number of an object that has been written; else the object gets the next one.</summary>
    internal bool TryGetReference(object value, out uint number)
    {
        if (_written.TryGet(value, out number))
            return true;

        _written.Add(value, (uint)_written.Count);
        return false;
    }

    /// <summary>The number of a type that has been written; else the type gets the next one.</summary>
    internal bool TryGetTypeNumber(Type type, out uint number)
    {
        var index = _writtenTypes.IndexOf(type);
        number = (uint)index + 2;
        if (index >= 0)
            return true;

        _writtenTypes.Add(type);
        return false;
    }

    internal int ReserveNumber(object? placeholder)
    {
        if (_nextObject < _read.Count)
            _read[_nextObject] = placeholder;
        else
            _read.Add(placeholder);

        return _nextObject++;
    }

    internal void Record(int number, object value) => _read[number] = value;

    internal object? GetReference(uint number) => number < (uint)_read.Count ? _read[(int)number] : null;

    internal int AddType(ReadOnlySpan<char> name)
    {
        var entry = Codecs.Types.TryGetCached(name, out var type) ? new TypeEntry(null, type) : new TypeEntry(name.ToString(), null);
        if (_nextType < _readTypes.Count)
            _readTypes[_nextType] = entry;
        else
            _readTypes.Add(entry);

        return _nextType++;
    }

    internal int FindType(uint number) =>
        number - 2 < (uint)_readTypes.Count ? (int)number - 2 : throw Reader.Malformed("a type that was not named before");

    /// <exception cref="IllegalTypeException">The type is not known in this host.</exception>
    internal Type ResolveType(int index)
    {
        var entry = _readTypes[index];
        if (entry.Type is { } known)
            return known;

        var type = Codecs.Types.Resolve(entry.Name!);
        _readTypes[index] = new TypeEntry(null, type);
        return type;
    }

    /// <summary>Goes back to where an object was skipped, so that it and what it contains get the same numbers again.</summary>
    internal (int NextObject, int NextType) Rewind(int nextObject, int nextType)
    {
        var state = (_nextObject, _nextType);
        (_nextObject, _nextType) = (nextObject, nextType);
        return state;
    }

    internal void Resume((int NextObject, int NextType) state) => (_nextObject, _nextType) = state;

    private readonly record struct TypeEntry(string? Name, Type? Type);
}

/// <summary>Stands for an object that was skipped because its field is not known.</summary>
internal sealed record SkippedObject(long Position, int TypeCount);

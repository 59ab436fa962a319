using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Engine.CodeGeneration;

namespace Orleans.Serialization.TypeSystem;

/// <summary>
/// The names of types on the wire, and the types that a name may stand for: generated, registered and well-known ones, and
/// arrays and generic types made of these. No other type is ever found, let alone loaded.
/// </summary>
/// <remarks>
/// <code>
/// name      = simple | simple "&lt;" name ("," name)* "&gt;" | name "[]" | exception
/// simple    = alias | full name (with arity: "Demo.Box`1")
/// exception = "!" full name "," assembly
/// </code>
/// An exception that is not known becomes an <see cref="UnavailableExceptionFallbackException"/>.
/// </remarks>
internal sealed class TypeNames
{
    /// <summary>Names that were resolved are kept, but no more than these: a sender could make up ever new generic types.</summary>
    private const int MaxCached = 4096;
    private const int MaxNesting = 16;

    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _names = [];
    private readonly ConcurrentDictionary<Type, byte[]> _nameBytes = new();
    private readonly ConcurrentDictionary<string, Type> _resolved = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Type>.AlternateLookup<ReadOnlySpan<char>> _resolvedBySpan;

    public TypeNames(TypeManifestBuilder manifest)
    {
        _resolvedBySpan = _resolved.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (name, type) in WellKnownTypes.All)
            Add(name, type);

        foreach (var (alias, type) in manifest.Aliases)
            Add(alias, type);

        foreach (var type in manifest.Codecs.Keys.Concat(manifest.Converters.Keys).Concat(manifest.Interfaces.Keys).Concat(manifest.Enums))
        {
            // The full name stays understood beside an alias, so that adding one does not shut out old senders.
            _types.TryAdd(type.FullName!, type);
            _names.TryAdd(type, type.FullName!);
        }
    }

    public byte[] GetNameBytes(Type type) => _nameBytes.GetOrAdd(type, t => Encoding.UTF8.GetBytes(GetName(t)));

    public bool TryGetCached(ReadOnlySpan<char> name, [NotNullWhen(true)] out Type? type) => _resolvedBySpan.TryGetValue(name, out type);

    /// <exception cref="IllegalTypeException">The name stands for no type.</exception>
    public Type Resolve(string name)
    {
        if (_resolved.TryGetValue(name, out var type))
            return type;

        var rest = name.AsSpan();
        type = name.StartsWith(ExceptionTypes.Mark) ? FindException(name) : Parse(ref rest, 0);
        if (type is null || (rest.Length > 0 && !name.StartsWith(ExceptionTypes.Mark)))
            throw new IllegalTypeException(name);

        // The assembly of an unknown exception may yet be loaded.
        if (_resolved.Count < MaxCached && type != typeof(UnavailableExceptionFallbackException))
            _resolved[name] = type;

        return type;
    }

    /// <exception cref="IllegalTypeException">The type has no name: a receiver would refuse it.</exception>
    public string GetName(Type type)
    {
        if (_names.TryGetValue(type, out var name))
            return typeof(Exception).IsAssignableFrom(type) && type != typeof(Exception) ? ExceptionTypes.Mark + name : name;

        if (typeof(Exception).IsAssignableFrom(type))
            return ExceptionTypes.GetName(type);

        if (type.IsSZArray)
            return GetName(type.GetElementType()!) + "[]";

        if (type.IsConstructedGenericType && _names.TryGetValue(type.GetGenericTypeDefinition(), out name))
            return $"{name}<{string.Join(',', type.GetGenericArguments().Select(GetName))}>";

        throw new IllegalTypeException(type.ToString());
    }

    private Type FindException(string name) =>
        _types.TryGetValue(name[1..], out var type) && typeof(Exception).IsAssignableFrom(type) ? type : ExceptionTypes.Find(name);

    private void Add(string name, Type type)
    {
        _types[name] = type;
        _names.TryAdd(type, name);
    }

    private Type? Parse(ref ReadOnlySpan<char> rest, int nesting)
    {
        var end = rest.IndexOfAny("<,>[");
        var simple = end < 0 ? rest : rest[..end];
        rest = rest[simple.Length..];
        if (nesting > MaxNesting || !_types.TryGetValue(simple.ToString(), out var type))
            return null;

        if (type.IsGenericTypeDefinition)
        {
            type = ParseArguments(type, ref rest, nesting);
            if (type is null)
                return null;
        }

        for (; rest.StartsWith("[]"); rest = rest[2..])
        {
            if (++nesting > MaxNesting)
                return null;

            type = type.MakeArrayType();
        }

        return type;
    }

    private Type? ParseArguments(Type definition, ref ReadOnlySpan<char> rest, int nesting)
    {
        var arguments = new Type[definition.GetGenericArguments().Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (rest.IsEmpty || rest[0] != (i == 0 ? '<' : ','))
                return null;

            rest = rest[1..];
            if (Parse(ref rest, nesting + 1) is not { } argument)
                return null;

            arguments[i] = argument;
        }

        if (rest.IsEmpty || rest[0] != '>')
            return null;

        rest = rest[1..];
        try
        {
            return definition.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            // A type argument violates a constraint.
            return null;
        }
    }
}

namespace Orleans.Serialization.Codecs;

/// <summary>How a kind of collection is taken apart and made. Mutable ones are made empty and filled, so that they may contain themselves.</summary>
internal interface ICollectionShape<TCollection, TElement> where TCollection : class, IEnumerable<TElement>
{
    static virtual bool IsImmutable => false;

    static abstract int Count(TCollection collection);

    /// <exception cref="SerializerException">The comparer is none that could be written.</exception>
    static virtual KnownComparer Comparer(TCollection collection) => KnownComparer.Default;

    /// <summary>An empty collection to fill; null if this kind is built of all its elements at once.</summary>
    static virtual TCollection? Begin(int count, KnownComparer comparer) => null;

    /// <summary>Like <see cref="Begin"/>, with the comparer of another collection.</summary>
    static virtual TCollection? BeginCopy(TCollection original) => null;

    /// <summary>A copy with the same elements; null if there is no faster way than adding them.</summary>
    static virtual TCollection? Clone(TCollection original) => null;

    /// <summary>Adds to a collection that is filled; false if it does not take the element.</summary>
    static virtual bool TryAdd(TCollection collection, TElement element) => false;

    /// <summary>A collection of a kind that <see cref="Begin"/> gives null for.</summary>
    static virtual TCollection Build(List<TElement> elements, KnownComparer comparer) => throw new InvalidOperationException($"A {typeof(TCollection)} is filled.");

    /// <summary>Like <see cref="Build"/>, with the comparer of another collection.</summary>
    static virtual TCollection BuildCopy(TCollection original, List<TElement> elements) => throw new InvalidOperationException($"A {typeof(TCollection)} is filled.");
}

/// <summary>The comparers that are written; a storage contract.</summary>
internal enum KnownComparer : byte
{
    Default = 0,
    Ordinal = 1,
    OrdinalIgnoreCase = 2,
}

internal static class KnownComparers
{
    /// <exception cref="SerializerException">The comparer is none that could be written.</exception>
    public static KnownComparer Of<T>(object? comparer)
    {
        if (comparer is null || ReferenceEquals(comparer, EqualityComparer<T>.Default) || ReferenceEquals(comparer, Comparer<T>.Default))
            return KnownComparer.Default;
        if (ReferenceEquals(comparer, StringComparer.Ordinal))
            return KnownComparer.Ordinal;
        if (ReferenceEquals(comparer, StringComparer.OrdinalIgnoreCase))
            return KnownComparer.OrdinalIgnoreCase;

        throw new SerializerException($"A collection with the comparer {comparer.GetType()} can't be written: use the default one or one of StringComparer's ordinal ones.");
    }

    public static IEqualityComparer<T>? Equality<T>(KnownComparer comparer) => (IEqualityComparer<T>?)Find<T>(comparer);

    public static IComparer<T>? Order<T>(KnownComparer comparer) => (IComparer<T>?)Find<T>(comparer);

    private static StringComparer? Find<T>(KnownComparer comparer) => comparer switch
    {
        KnownComparer.Default => null,
        KnownComparer.Ordinal when typeof(T) == typeof(string) => StringComparer.Ordinal,
        KnownComparer.OrdinalIgnoreCase when typeof(T) == typeof(string) => StringComparer.OrdinalIgnoreCase,
        _ => throw Engine.CodeGeneration.Reader.Malformed("an unknown comparer"),
    };
}

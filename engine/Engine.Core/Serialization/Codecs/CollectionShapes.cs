using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace Orleans.Serialization.Codecs;

/// <summary>The collections and tuples that have codecs.</summary>
internal static class CollectionShapes
{
    private static readonly Dictionary<Type, Type> s_collections = new()
    {
        [typeof(List<>)] = typeof(ListShape<>),
        [typeof(HashSet<>)] = typeof(SetShape<>),
        [typeof(Dictionary<,>)] = typeof(DictionaryShape<,>),
        [typeof(SortedDictionary<,>)] = typeof(SortedDictionaryShape<,>),
        [typeof(SortedSet<>)] = typeof(SortedSetShape<>),
        [typeof(Queue<>)] = typeof(QueueShape<>),
        [typeof(Stack<>)] = typeof(StackShape<>),
        [typeof(ReadOnlyCollection<>)] = typeof(ReadOnlyCollectionShape<>),
        [typeof(ImmutableList<>)] = typeof(ImmutableListShape<>),
        [typeof(ImmutableHashSet<>)] = typeof(ImmutableSetShape<>),
        [typeof(ImmutableDictionary<,>)] = typeof(ImmutableDictionaryShape<,>),
        [typeof(ImmutableSortedDictionary<,>)] = typeof(ImmutableSortedDictionaryShape<,>),
    };

    private static readonly Dictionary<Type, Type> s_parts = new()
    {
        [typeof(KeyValuePair<,>)] = typeof(PairParts<,>),
        [typeof(ValueTuple<,>)] = typeof(TupleParts<,>),
        [typeof(ValueTuple<,,>)] = typeof(TupleParts<,,>),
        [typeof(ValueTuple<,,,>)] = typeof(TupleParts<,,,>),
    };

    /// <summary>The collection, its element and its shape, as type arguments; null if it is none of these.</summary>
    public static Type[]? Find(Type collection)
    {
        if (!s_collections.TryGetValue(collection.GetGenericTypeDefinition(), out var definition))
            return null;

        var shape = definition.MakeGenericType(collection.GetGenericArguments());
        return [.. shape.GetInterfaces().Single().GetGenericArguments(), shape];
    }

    /// <summary>The parts of a tuple or a pair; null if it is none.</summary>
    public static Type? FindParts(Type tuple) =>
        s_parts.TryGetValue(tuple.GetGenericTypeDefinition(), out var definition) ? definition.MakeGenericType(tuple.GetGenericArguments()) : null;
}

internal readonly struct ListShape<T> : ICollectionShape<List<T>, T>
{
    public static int Count(List<T> collection) => collection.Count;
    public static List<T> Begin(int count, KnownComparer comparer) => new(count);
    public static List<T> BeginCopy(List<T> original) => new(original.Count);
    public static List<T> Clone(List<T> original) => new(original);

    public static bool TryAdd(List<T> collection, T element)
    {
        collection.Add(element);
        return true;
    }
}

internal readonly struct SetShape<T> : ICollectionShape<HashSet<T>, T>
{
    public static int Count(HashSet<T> collection) => collection.Count;
    public static KnownComparer Comparer(HashSet<T> collection) => KnownComparers.Of<T>(collection.Comparer);
    public static HashSet<T> Begin(int count, KnownComparer comparer) => new(count, KnownComparers.Equality<T>(comparer));
    public static HashSet<T> BeginCopy(HashSet<T> original) => new(original.Count, original.Comparer);
    public static HashSet<T> Clone(HashSet<T> original) => new(original, original.Comparer);
    public static bool TryAdd(HashSet<T> collection, T element) => collection.Add(element);
}

internal readonly struct DictionaryShape<TKey, TValue> : ICollectionShape<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> where TKey : notnull
{
    public static int Count(Dictionary<TKey, TValue> collection) => collection.Count;
    public static KnownComparer Comparer(Dictionary<TKey, TValue> collection) => KnownComparers.Of<TKey>(collection.Comparer);
    public static Dictionary<TKey, TValue> Begin(int count, KnownComparer comparer) => new(count, KnownComparers.Equality<TKey>(comparer));
    public static Dictionary<TKey, TValue> BeginCopy(Dictionary<TKey, TValue> original) => new(original.Count, original.Comparer);
    public static Dictionary<TKey, TValue> Clone(Dictionary<TKey, TValue> original) => new(original, original.Comparer);
    public static bool TryAdd(Dictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue> element) => element.Key is not null && collection.TryAdd(element.Key, element.Value);
}

internal readonly struct SortedDictionaryShape<TKey, TValue> : ICollectionShape<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> where TKey : notnull
{
    public static int Count(SortedDictionary<TKey, TValue> collection) => collection.Count;
    public static KnownComparer Comparer(SortedDictionary<TKey, TValue> collection) => KnownComparers.Of<TKey>(collection.Comparer);
    public static SortedDictionary<TKey, TValue> Begin(int count, KnownComparer comparer) => new(KnownComparers.Order<TKey>(comparer));
    public static SortedDictionary<TKey, TValue> BeginCopy(SortedDictionary<TKey, TValue> original) => new(original.Comparer);
    public static bool TryAdd(SortedDictionary<TKey, TValue> collection, KeyValuePair<TKey, TValue> element) => element.Key is not null && collection.TryAdd(element.Key, element.Value);
}

internal readonly struct SortedSetShape<T> : ICollectionShape<SortedSet<T>, T>
{
    public static int Count(SortedSet<T> collection) => collection.Count;
    public static KnownComparer Comparer(SortedSet<T> collection) => KnownComparers.Of<T>(collection.Comparer);
    public static SortedSet<T> Begin(int count, KnownComparer comparer) => new(KnownComparers.Order<T>(comparer));
    public static SortedSet<T> BeginCopy(SortedSet<T> original) => new(original.Comparer);
    public static bool TryAdd(SortedSet<T> collection, T element) => collection.Add(element);
}

internal readonly struct QueueShape<T> : ICollectionShape<Queue<T>, T>
{
    public static int Count(Queue<T> collection) => collection.Count;
    public static Queue<T> Begin(int count, KnownComparer comparer) => new(count);
    public static Queue<T> BeginCopy(Queue<T> original) => new(original.Count);

    public static bool TryAdd(Queue<T> collection, T element)
    {
        collection.Enqueue(element);
        return true;
    }
}

/// <remarks>A stack is enumerated from its top, and so built from the end.</remarks>
internal readonly struct StackShape<T> : ICollectionShape<Stack<T>, T>
{
    public static int Count(Stack<T> collection) => collection.Count;
    public static Stack<T> Build(List<T> elements, KnownComparer comparer) => new(Enumerable.Reverse(elements));
    public static Stack<T> BuildCopy(Stack<T> original, List<T> elements) => Build(elements, default);
}

internal readonly struct ReadOnlyCollectionShape<T> : ICollectionShape<ReadOnlyCollection<T>, T>
{
    public static int Count(ReadOnlyCollection<T> collection) => collection.Count;
    public static ReadOnlyCollection<T> Build(List<T> elements, KnownComparer comparer) => new(elements);
    public static ReadOnlyCollection<T> BuildCopy(ReadOnlyCollection<T> original, List<T> elements) => new(elements);
}

internal readonly struct ImmutableListShape<T> : ICollectionShape<ImmutableList<T>, T>
{
    public static bool IsImmutable => true;
    public static int Count(ImmutableList<T> collection) => collection.Count;
    public static ImmutableList<T> Build(List<T> elements, KnownComparer comparer) => [.. elements];
    public static ImmutableList<T> BuildCopy(ImmutableList<T> original, List<T> elements) => [.. elements];
}

internal readonly struct ImmutableSetShape<T> : ICollectionShape<ImmutableHashSet<T>, T>
{
    public static bool IsImmutable => true;
    public static int Count(ImmutableHashSet<T> collection) => collection.Count;
    public static KnownComparer Comparer(ImmutableHashSet<T> collection) => KnownComparers.Of<T>(collection.KeyComparer);
    public static ImmutableHashSet<T> Build(List<T> elements, KnownComparer comparer) => ImmutableHashSet.CreateRange(KnownComparers.Equality<T>(comparer), elements);
    public static ImmutableHashSet<T> BuildCopy(ImmutableHashSet<T> original, List<T> elements) => ImmutableHashSet.CreateRange(original.KeyComparer, elements);
}

internal readonly struct ImmutableDictionaryShape<TKey, TValue> : ICollectionShape<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> where TKey : notnull
{
    public static bool IsImmutable => true;
    public static int Count(ImmutableDictionary<TKey, TValue> collection) => collection.Count;
    public static KnownComparer Comparer(ImmutableDictionary<TKey, TValue> collection) => KnownComparers.Of<TKey>(collection.KeyComparer);

    public static ImmutableDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> elements, KnownComparer comparer) =>
        ImmutableDictionary.CreateRange(KnownComparers.Equality<TKey>(comparer), elements);

    public static ImmutableDictionary<TKey, TValue> BuildCopy(ImmutableDictionary<TKey, TValue> original, List<KeyValuePair<TKey, TValue>> elements) =>
        ImmutableDictionary.CreateRange(original.KeyComparer, original.ValueComparer, elements);
}

internal readonly struct ImmutableSortedDictionaryShape<TKey, TValue> : ICollectionShape<ImmutableSortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> where TKey : notnull
{
    public static bool IsImmutable => true;
    public static int Count(ImmutableSortedDictionary<TKey, TValue> collection) => collection.Count;
    public static KnownComparer Comparer(ImmutableSortedDictionary<TKey, TValue> collection) => KnownComparers.Of<TKey>(collection.KeyComparer);

    public static ImmutableSortedDictionary<TKey, TValue> Build(List<KeyValuePair<TKey, TValue>> elements, KnownComparer comparer) =>
        ImmutableSortedDictionary.CreateRange(KnownComparers.Order<TKey>(comparer), elements);

    public static ImmutableSortedDictionary<TKey, TValue> BuildCopy(ImmutableSortedDictionary<TKey, TValue> original, List<KeyValuePair<TKey, TValue>> elements) =>
        ImmutableSortedDictionary.CreateRange(original.KeyComparer, original.ValueComparer, elements);
}

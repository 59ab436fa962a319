using System.Collections.Immutable;
using System.Collections.ObjectModel;
using Orleans.Runtime;

namespace Orleans.Serialization.TypeSystem;

/// <summary>The types of the framework that may occur where the field's own type doesn't tell.</summary>
internal static class WellKnownTypes
{
    public static readonly (string Name, Type Type)[] All =
    [
        ("object", typeof(object)),
        ("bool", typeof(bool)),
        ("sbyte", typeof(sbyte)),
        ("short", typeof(short)),
        ("int", typeof(int)),
        ("long", typeof(long)),
        ("byte", typeof(byte)),
        ("ushort", typeof(ushort)),
        ("uint", typeof(uint)),
        ("ulong", typeof(ulong)),
        ("char", typeof(char)),
        ("float", typeof(float)),
        ("double", typeof(double)),
        ("decimal", typeof(decimal)),
        ("string", typeof(string)),
        ("guid", typeof(Guid)),
        ("timespan", typeof(TimeSpan)),
        ("date", typeof(DateOnly)),
        ("time", typeof(TimeOnly)),
        ("datetime", typeof(DateTime)),
        ("datetimeoffset", typeof(DateTimeOffset)),
        ("uri", typeof(Uri)),
        ("version", typeof(Version)),
        ("exception", typeof(Exception)),
        ("nullable", typeof(Nullable<>)),
        ("list", typeof(List<>)),
        ("dictionary", typeof(Dictionary<,>)),
        ("set", typeof(HashSet<>)),
        ("readonlycollection", typeof(ReadOnlyCollection<>)),
        ("queue", typeof(Queue<>)),
        ("stack", typeof(Stack<>)),
        ("sorteddictionary", typeof(SortedDictionary<,>)),
        ("sortedset", typeof(SortedSet<>)),
        ("pair", typeof(KeyValuePair<,>)),
        ("memory", typeof(ReadOnlyMemory<>)),
        ("grainid", typeof(GrainId)),
        ("grain", typeof(GrainReference)),
        ("immutablearray", typeof(ImmutableArray<>)),
        ("immutablelist", typeof(ImmutableList<>)),
        ("immutabledictionary", typeof(ImmutableDictionary<,>)),
        ("immutableset", typeof(ImmutableHashSet<>)),
        ("immutablesorteddictionary", typeof(ImmutableSortedDictionary<,>)),
        ("tuple2", typeof(ValueTuple<,>)),
        ("tuple3", typeof(ValueTuple<,,>)),
        ("tuple4", typeof(ValueTuple<,,,>)),
        ("referencetuple2", typeof(Tuple<,>)),
    ];
}

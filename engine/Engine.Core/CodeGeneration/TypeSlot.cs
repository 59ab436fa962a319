namespace Engine.CodeGeneration;

internal static class TypeSlots
{
    private static int s_last = -1;

    public static int Next() => Interlocked.Increment(ref s_last);
}

/// <summary>A small number for a type, by which every host finds its codec in an array.</summary>
internal static class TypeSlot<T>
{
    public static readonly int Index = TypeSlots.Next();
}

namespace Orleans.Runtime;

/// <summary>
/// Grains that keep in memory what would otherwise be stored: they stay on the eldest silo, so that what they keep is lost
/// only with that silo, and not whenever another one joins.
/// </summary>
internal static class InMemoryGrains
{
    public const string Storage = "sys.memory.storage";
    public const string Reminders = "sys.memory.reminders";
    public const string Streams = "sys.memory.streams";

    public static bool Contains(GrainType type) => type.AsSpan().StartsWith("sys.memory."u8);
}

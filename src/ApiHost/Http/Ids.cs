namespace Crescent.ApiHost.Http;

/// <summary>New ids.</summary>
internal static class Ids
{
    /// <summary>A UUIDv7: ordered by time, which keeps what is created together also stored together.</summary>
    public static Guid NewId(this TimeProvider time) => Guid.CreateVersion7(time.GetUtcNow());
}

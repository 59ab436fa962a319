namespace Crescent.EventStore.Postgres;

/// <summary>
/// Where streams stand as far as one connection's appends have shown. An append at a version that stood here, or of the
/// first event, needs no look-up: events are never deleted, and a unique index refuses what somebody else has overtaken.
/// Goes with the connection, because behind a new one there may be another server, one that has lost the last commits.
/// </summary>
sealed class StreamTails(int capacity)
{
    /// <summary>The key that asks for a new stream.</summary>
    const long NewStream = 0;

    readonly Dictionary<StreamName, (long? Key, int Version)> _tails = [];

    /// <summary>Whether each append begins a stream or goes on where one stood.</summary>
    public bool Expect(List<PendingAppend> appends)
    {
        foreach (var append in appends)
            if (append.Request.ExpectedVersion != (_tails.TryGetValue(append.Request.Stream, out var tail) ? tail.Version : 0)) return false;
        return true;
    }

    /// <summary>The stream's key, or null if it stands and its key is not known here.</summary>
    public long? KeyOf(StreamName stream) => _tails.TryGetValue(stream, out var tail) ? tail.Key : NewStream;

    /// <summary>Takes over what became of the appends.</summary>
    public void Learn(List<PendingAppend> appends, AppendResult[] results)
    {
        // Rarely. A stream that goes on after that is looked up once for its version, and by each append for its key.
        if (_tails.Count + appends.Count > capacity) _tails.Clear();
        for (var i = 0; i < results.Length; i++)
        {
            var stream = appends[i].Request.Stream;
            if (results[i] is AppendResult.Appended appended) _tails[stream] = (KeyAfter(appends[i], appended), appended.Version);
            else _tails.Remove(stream);
        }
    }

    /// <summary>A stream's key is the position of its first event.</summary>
    long? KeyAfter(PendingAppend append, AppendResult.Appended appended) =>
        append.Request.ExpectedVersion == 0 ? appended.LastPosition - append.Events.Length + 1
        : _tails.TryGetValue(append.Request.Stream, out var tail) ? tail.Key
        : null;
}

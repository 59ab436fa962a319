using Crescent.EventStore;
using Crescent.ReadModels.Storage;

namespace Crescent.ReadModels.Projections;

/// <summary>
/// The progress of projections wherever in the cluster they run, read from their checkpoints: only while somebody waits,
/// and once for all who wait at the same time.
/// </summary>
internal sealed class PolledProgress(ViewsDatabase views, TimeSpan interval, TimeProvider time) : ProjectionProgress
{
    private static readonly ViewSql s_read = ViewSql.Same(typeof(PolledProgress), "ReadCheckpoints");

    private readonly Lock _gate = new();
    private Task<Dictionary<string, long>>? _look;
    private long _lookedAt;

    public override async Task<bool> WaitForAsync(string projection, long position, TimeSpan atMost, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        for (var left = atMost; left > TimeSpan.Zero; left = atMost - time.GetElapsedTime(started))
        {
            if (await ReadAsync(projection, left, ct) >= position) return true;
            await Task.Delay(interval, time, ct);
        }

        return false;
    }

    /// <summary>The checkpoint that it stands in says the same, to everybody.</summary>
    internal override void Report(string projection, long position) { }

    private async Task<long> ReadAsync(string projection, TimeSpan atMost, CancellationToken ct)
    {
        try
        {
            return (await Look().WaitAsync(atMost, time, ct)).GetValueOrDefault(projection);
        }
        catch (Exception e) when (e is TimeoutException or EventStoreUnavailableException)
        {
            // It may answer again while there is time.
            return -1;
        }
    }

    private Task<Dictionary<string, long>> Look()
    {
        lock (_gate)
        {
            if (_look is null || _look.IsCompleted && time.GetElapsedTime(_lookedAt) >= interval)
            {
                _lookedAt = time.GetTimestamp();
                _look = ReadAllAsync();
            }

            return _look;
        }
    }

    private async Task<Dictionary<string, long>> ReadAllAsync()
    {
        // Off the lock it is called under.
        await Task.Yield();
        var rows = await views.QueryAsync(s_read, static row => (Name: row.String(0), Position: row.Int64(1)), CancellationToken.None);
        return rows.ToDictionary(static row => row.Name, static row => row.Position, StringComparer.Ordinal);
    }
}

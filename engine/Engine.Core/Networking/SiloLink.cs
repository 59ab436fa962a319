using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime.Networking;

/// <summary>What a process has towards one silo: connections, an attempt to make one, and the last failure.</summary>
internal sealed class SiloLink(SiloAddress silo)
{
    private readonly Lock _gate = new();
    private PipeConnection[] _connections = [];
    private Task<Connection>? _attempt;
    private Action? _cancelAttempt;
    private Exception? _failure;
    private long _failedAt;
    private bool _isDropped;

    public SiloAddress Silo => silo;

    public int Count => Volatile.Read(ref _connections).Length;

    /// <summary>Nothing would be lost without it.</summary>
    public bool IsUnused
    {
        get
        {
            lock (_gate)
                return _connections.Length == 0 && _attempt is null;
        }
    }

    /// <summary>The open connection with the least to send.</summary>
    public bool TryGet([NotNullWhen(true)] out PipeConnection? connection)
    {
        connection = null;
        foreach (var candidate in Volatile.Read(ref _connections))
        {
            if (!candidate.IsClosed && (connection is null || candidate.QueuedBytes < connection.QueuedBytes))
                connection = candidate;
        }

        return connection is not null;
    }

    /// <summary>Joins the attempt that is under way or starts one; null right after a failure, which is answered instead.</summary>
    public Task<Connection>? Connect(Func<SiloLink, Task<Connection>> connect, TimeSpan retryDelay, TimeProvider time, out Exception? failure)
    {
        lock (_gate)
        {
            failure = null;
            if (_attempt is not null)
                return _attempt;
            if (_failure is not null && time.GetElapsedTime(_failedAt) < retryDelay)
            {
                failure = _failure;
                return null;
            }

            _attempt = connect(this);

            // It may be that nobody waits for it by the time it fails; the failure is logged.
            _ = _attempt.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            return _attempt;
        }
    }

    /// <summary>The attempt has begun, and is to be ended in this way should the silo be dropped.</summary>
    public void BeginAttempt(Action cancel)
    {
        lock (_gate)
        {
            _cancelAttempt = cancel;
            if (_isDropped)
                cancel();
        }
    }

    /// <summary>The attempt has ended.</summary>
    public void EndAttempt(Exception? failure, TimeProvider time)
    {
        lock (_gate)
        {
            _failure = failure;
            _failedAt = time.GetTimestamp();
            _attempt = null;
            _cancelAttempt = null;
        }
    }

    /// <returns>False if the silo has been dropped: the connection is not wanted.</returns>
    public bool TryAdd(PipeConnection connection)
    {
        lock (_gate)
        {
            if (_isDropped)
                return false;
            Volatile.Write(ref _connections, [.. _connections, connection]);
            _failure = null;
            return true;
        }
    }

    public void Remove(PipeConnection connection)
    {
        lock (_gate)
            Volatile.Write(ref _connections, Array.FindAll(_connections, c => c != connection));
    }

    /// <summary>Ends the attempt and the connections; none will be added any more.</summary>
    public void Drop(string reason)
    {
        PipeConnection[] connections;
        lock (_gate)
        {
            _isDropped = true;
            connections = _connections;
            Volatile.Write(ref _connections, []);
            _cancelAttempt?.Invoke();
        }

        foreach (var connection in connections)
            connection.Close(reason);
    }
}

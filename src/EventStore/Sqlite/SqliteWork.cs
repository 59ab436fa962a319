namespace Crescent.EventStore.Sqlite;

/// <summary>A piece of work for a database thread. What it leaves is announced only when it is committed.</summary>
abstract class SqliteWork
{
    /// <summary>
    /// It may throw for reasons of its own, so inside a shared transaction it gets a savepoint. Work without one must
    /// be repeatable: if it does throw, everything in its transaction runs again, each piece on its own.
    /// </summary>
    public virtual bool NeedsSavepoint => true;

    /// <summary>It runs between transactions instead of inside one.</summary>
    public virtual bool OutsideTransaction => false;

    public virtual CancellationToken CancellationToken => CancellationToken.None;

    public abstract void Run(SqliteSession session);

    public abstract void Complete();

    public abstract void Fail(Exception exception);
}

/// <summary>Work given as a delegate, answering a task.</summary>
sealed class SqliteWork<T>(Func<SqliteSession, T> run, CancellationToken ct) : SqliteWork
{
    readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    T _result = default!;

    public Task<T> Task => _completion.Task;

    public override CancellationToken CancellationToken => ct;

    public override void Run(SqliteSession session) => _result = run(session);

    public override void Complete() => _completion.TrySetResult(_result);

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException canceled) _completion.TrySetCanceled(canceled.CancellationToken);
        else _completion.TrySetException(exception);
    }
}

/// <summary>Writes everything in the log back into the database file and empties the log.</summary>
sealed class SqliteCheckpointWork : SqliteWork
{
    const string Checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";

    readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool _complete;

    /// <summary>False if a reader kept a part of the log alive.</summary>
    public Task<bool> Task => _completion.Task;

    public override bool OutsideTransaction => true;

    public override void Run(SqliteSession session) =>
        _complete = session.Statement(Checkpoint).FirstOrDefault(row => row.GetInt64(0) == 0);

    public override void Complete() => _completion.TrySetResult(_complete);

    public override void Fail(Exception exception) => _completion.TrySetException(exception);
}

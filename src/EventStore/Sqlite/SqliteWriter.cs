namespace Crescent.EventStore.Sqlite;

/// <summary>
/// Group commit: takes whatever waits, runs it in one transaction, commits (which flushes), then answers; meanwhile the
/// next group gathers. No timer, one commit in flight.
/// </summary>
sealed class SqliteWriter(SqliteSession session, CommitMetrics metrics)
{
    const string Begin = "BEGIN IMMEDIATE";
    const string Commit = "COMMIT";
    const string Rollback = "ROLLBACK";
    const string Savepoint = "SAVEPOINT work";
    const string Release = "RELEASE work";
    const string RollbackToSavepoint = "ROLLBACK TO work";

    readonly List<SqliteWork> _group = [];
    readonly List<SqliteWork> _succeeded = [];
    readonly List<(SqliteWork Work, Exception Reason)> _failed = [];

    public void Process(List<SqliteWork> queued)
    {
        foreach (var work in queued)
        {
            if (work.CancellationToken.IsCancellationRequested)
            {
                work.Fail(new OperationCanceledException(work.CancellationToken));
            }
            else if (work.OutsideTransaction)
            {
                CommitGroup();
                RunOutside(work);
            }
            else
            {
                _group.Add(work);
            }
        }

        CommitGroup();
    }

    void CommitGroup()
    {
        if (_group.Count == 0) return;
        if (!TryCommit(_group, out var reason))
        {
            // A single piece has nobody else to blame; else each one gets its own transaction to show which it was.
            if (_group.Count == 1) _group[0].Fail(reason!);
            else if (reason is SqliteErrorException { IsTransient: true }) _group.ForEach(work => work.Fail(reason));
            else _group.ForEach(CommitAlone);
        }

        _group.Clear();
    }

    void CommitAlone(SqliteWork work)
    {
        if (!TryCommit([work], out var reason)) work.Fail(reason!);
    }

    bool TryCommit(List<SqliteWork> group, out Exception? reason)
    {
        var started = metrics.Start();
        _succeeded.Clear();
        _failed.Clear();
        try
        {
            if (session.InTransaction) Undo();
            session.Statement(Begin).Execute();
            foreach (var work in group) Run(work, alone: group.Count == 1);
            session.ResetStatements();
            session.Statement(Commit).Execute();
        }
        catch (Exception e)
        {
            Undo();
            reason = e;
            return false;
        }

        metrics.Committed(started, group.Count);
        foreach (var work in _succeeded) work.Complete();
        foreach (var (work, failure) in _failed) work.Fail(failure);
        reason = null;
        return true;
    }

    void Run(SqliteWork work, bool alone)
    {
        if (alone || !work.NeedsSavepoint)
        {
            work.Run(session);
            _succeeded.Add(work);
            return;
        }

        session.Statement(Savepoint).Execute();
        try
        {
            work.Run(session);
            _succeeded.Add(work);
        }
        catch (Exception e) when (session.InTransaction && e is not SqliteErrorException { IsTransient: true })
        {
            session.ResetStatements();
            session.Statement(RollbackToSavepoint).Execute();
            _failed.Add((work, e));
        }

        session.ResetStatements();
        session.Statement(Release).Execute();
    }

    void RunOutside(SqliteWork work)
    {
        try
        {
            work.Run(session);
            session.ResetStatements();
            work.Complete();
        }
        catch (Exception e)
        {
            session.ResetStatements();
            work.Fail(e);
        }
    }

    /// <summary>Never throws: what could not be undone now is undone before the next transaction begins.</summary>
    void Undo()
    {
        session.ResetStatements();
        // SQLite has already rolled back by itself after a full disk and the like.
        if (!session.InTransaction) return;
        try
        {
            session.Statement(Rollback).Execute();
        }
        catch (SqliteErrorException)
        {
        }
    }
}

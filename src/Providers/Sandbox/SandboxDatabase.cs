using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Crescent.Providers.Sandbox;

/// <summary>
/// The file of a sandbox's own books. One connection writes; whatever waits when a commit ends goes into the next one
/// together, each operation in a savepoint of its own, so that one that fails fails alone.
/// </summary>
/// <typeparam name="TStatements">The sandbox's prepared statements.</typeparam>
internal sealed class SandboxDatabase<TStatements> : IAsyncDisposable where TStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly TStatements _statements;
    private readonly Channel<Operation> _waiting;
    private readonly int _maxBatch;
    private readonly Task _loop;

    public SandboxDatabase(string path, SandboxQueueOptions queue, string schema, Func<SqliteConnection, TStatements> prepare)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("PRAGMA foreign_keys=ON");
        Execute("PRAGMA busy_timeout=5000");
        Execute(schema);
        _statements = prepare(_connection);
        _maxBatch = queue.MaxBatch;
        _waiting = Channel.CreateBounded<Operation>(new BoundedChannelOptions(queue.MaxWaiting) { SingleReader = true });
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Runs an operation; its effect is durable when the answer is there.</summary>
    public async Task<T> RunAsync<T>(Func<TStatements, T> operation, CancellationToken ct)
    {
        var waiting = new Operation<T>(operation);
        await _waiting.Writer.WriteAsync(waiting, ct);
        return await waiting.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _statements.Dispose();
        await _connection.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<Operation>(_maxBatch);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < _maxBatch && _waiting.Reader.TryRead(out var operation))
                batch.Add(operation);
            Commit(batch);
        }
    }

    private void Commit(List<Operation> batch)
    {
        try
        {
            Execute("BEGIN IMMEDIATE");
            foreach (var operation in batch)
            {
                Execute("SAVEPOINT operation");
                if (!operation.TryRun(_statements))
                    Execute("ROLLBACK TO operation");
                Execute("RELEASE operation");
            }
            Execute("COMMIT");
        }
        catch (SqliteException e)
        {
            Abandon();
            foreach (var operation in batch)
                operation.Fail(e);
            return;
        }
        foreach (var operation in batch)
            operation.Complete();
    }

    private void Abandon()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself already; the callers get the first error.
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private abstract class Operation
    {
        public abstract bool TryRun(TStatements statements);
        public abstract void Complete();
        public abstract void Fail(Exception e);
    }

    private sealed class Operation<T>(Func<TStatements, T> operation) : Operation
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Answer => _answer.Task;

        public override bool TryRun(TStatements statements)
        {
            try
            {
                _result = operation(statements);
                return true;
            }
            catch (Exception e) when (e is not SqliteException)
            {
                _failure = e;
                return false;
            }
        }

        public override void Complete()
        {
            if (_failure is null)
                _answer.SetResult(_result!);
            else
                _answer.SetException(_failure);
        }

        public override void Fail(Exception e) => _answer.TrySetException(_failure ?? e);
    }
}

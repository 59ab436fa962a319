using System.Text;
using Crescent.EventStore;
using Crescent.EventStore.Leases;
using Crescent.EventStore.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace Crescent.ReadModels.Storage.Postgres;

/// <summary>
/// The read models that several processes share. What is written goes to a function for each kind of rows, and a commit
/// is one statement that calls them: a process that stops half-way through sending it holds no lock.
/// </summary>
public sealed class PostgresViews : ViewsDatabase
{
    private const string Component = "read-models";
    private const string MoveCheckpoint = "move_checkpoint($1, $2, $3, $4, $5)";

    /// <summary>The SQL state of a step that was refused because the checkpoint stands elsewhere.</summary>
    private const string CheckpointMoved = "CR002";

    private readonly PostgresViewsOptions _options;
    private readonly PostgresDatabase _queries;
    private readonly PostgresDatabase _writes;
    private readonly StoreRetry _retry;
    private readonly StoreRetry _once;
    private readonly TimeProvider _time;

    /// <summary>Connects to nothing yet.</summary>
    public PostgresViews(PostgresViewsOptions options, TimeProvider time)
    {
        options.Validate();
        (_options, _time) = (options, time);
        var database = options.Schema is null ? options.Database : options.Database with { ConnectionString = InSchema(options) };
        _queries = new PostgresDatabase(database);
        _writes = new PostgresDatabase(database with { MaxConnections = options.WriteConnections }, onlyByIndex: true);
        _retry = new StoreRetry(options.Retries, options.RetryDelay, time, PostgresTrouble.Judge);
        _once = new StoreRetry(0, TimeSpan.Zero, time, PostgresTrouble.Judge);
    }

    internal TimeSpan ProgressInterval => _options.ProgressInterval;

    /// <summary>Creates or migrates the tables, one process at a time.</summary>
    /// <exception cref="EventStoreUnavailableException">The database cannot be reached.</exception>
    /// <exception cref="SchemaTooNewException">A newer release has already written it.</exception>
    public Task MigrateAsync(CancellationToken ct = default) => StartAsync(async () =>
    {
        if (_options.Schema is { } schema) await _queries.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS {schema}", ct);
        await _queries.MigrateAsync(Component, typeof(PostgresViews), ct);
    }, ct);

    /// <summary>For a process that only asks: the tables come from another one, at latest when that starts.</summary>
    /// <exception cref="EventStoreUnavailableException">The database cannot be reached.</exception>
    /// <exception cref="SchemaTooNewException">A newer release has already written it.</exception>
    public Task RefuseNewerAsync(CancellationToken ct = default) =>
        StartAsync(() => _queries.RefuseNewerAsync(Component, typeof(PostgresViews), ct), ct);

    public override void Dispose()
    {
        _queries.Dispose();
        _writes.Dispose();
    }

    internal override Task<List<T>> QueryAsync<T>(ViewSql sql, Func<IRow, T> map, CancellationToken ct, params object[] parameters) =>
        _retry.RunAsync(() => QueryOnceAsync(_queries, sql, map, parameters, ct), ct);

    internal override Task<List<T>> ReadRowsAsync<T>(ViewSql sql, Func<IRow, T> map, string[] keys, CancellationToken ct) =>
        _once.RunAsync(() => QueryOnceAsync(_writes, sql, map, [keys], ct), ct);

    /// <summary>Not tried again here: whether a lost reply was a commit shows the checkpoint.</summary>
    internal override Task<bool> CommitAsync(CheckpointMove move, Lease? lease, IReadOnlyList<IRowWrite> writes, CancellationToken ct) =>
        _once.RunAsync(async () =>
        {
            var (sql, parameters) = StatementOf(move, lease, writes);
            try
            {
                await _writes.ExecuteAsync(sql, ct, parameters);
                return true;
            }
            catch (PostgresException e) when (e.SqlState is CheckpointMoved or PostgresLeaseStore.LeaseLost)
            {
                return false;
            }
        }, ct);

    internal override string SearchOf(IEnumerable<string> words) => string.Join(" & ", words.Select(static word => $"'{word}':*"));

    private static (string Sql, List<NpgsqlParameter> Parameters) StatementOf(CheckpointMove move, Lease? lease, IReadOnlyList<IRowWrite> writes)
    {
        var sql = new StringBuilder("SELECT ").Append(MoveCheckpoint);
        List<NpgsqlParameter> parameters =
        [
            Parameter.Of(move.Consumer), Parameter.Of(move.From.Version), Parameter.Of(move.From.Position),
            Parameter.Of(move.To.Version), Parameter.Of(move.To.Position),
        ];
        if (lease is not null)
        {
            sql.Append(", ").Append(PostgresLeaseStore.ConfirmCall(parameters.Count + 1));
            parameters.AddRange(PostgresLeaseStore.ConfirmParameters(lease));
        }

        foreach (var write in writes.Where(static write => write.Count > 0))
        {
            var first = parameters.Count + 1;
            parameters.AddRange(write.Parameters());
            sql.Append(", ").Append(write.Function).Append('(')
                .AppendJoin(", ", Enumerable.Range(first, parameters.Count - first + 1).Select(static number => $"${number}")).Append(')');
        }

        return (sql.ToString(), parameters);
    }

    private static async Task<List<T>> QueryOnceAsync<T>(
        PostgresDatabase database, ViewSql sql, Func<IRow, T> map, object[] parameters, CancellationToken ct)
    {
        PostgresRow? row = null;
        return await database.QueryAsync(sql.Postgres, reader => map(row ??= new PostgresRow(reader)), ct, [.. parameters.Select(ParameterOf)]);
    }

    private static NpgsqlParameter ParameterOf(object value) => value switch
    {
        string text => Parameter.Text(text),
        int number => Parameter.Of(number),
        long number => Parameter.Of(number),
        DateTimeOffset time => Parameter.Of(time.ToUniversalTime()),
        string[] texts => new NpgsqlParameter<string[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, TypedValue = texts },
        _ => throw new ArgumentException($"A query takes no {value.GetType()}.", nameof(value)),
    };

    private static string InSchema(PostgresViewsOptions options)
    {
        var builder = new NpgsqlConnectionStringBuilder(options.Database.ConnectionString);
        builder.SearchPath = $"{options.Schema},{builder.SearchPath ?? "public"}";
        return builder.ConnectionString;
    }

    private async Task StartAsync(Func<Task> start, CancellationToken ct)
    {
        var pause = TimeSpan.FromSeconds(1);
        // What an operator must change is told as it is.
        var patient = new StoreRetry((int)(_options.StartTimeout / pause), pause, _time, static exception =>
            exception is PostgresSettingException ? StoreTrouble.None : PostgresTrouble.Judge(exception));
        await patient.RunAsync(async () =>
        {
            await start();
            return true;
        }, ct);
    }
}

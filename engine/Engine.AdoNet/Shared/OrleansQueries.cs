using System.Collections.Frozen;
using System.Data.Common;
using Orleans.Runtime;

namespace Orleans.AdoNet;

/// <summary>Adds a parameter to a command, under its name without the <c>@</c>.</summary>
internal delegate void AddParameter(string name, object? value);

/// <summary>
/// Runs the statements that the database itself holds in the table <c>OrleansQuery</c>: the tables behind them are the
/// business of whoever set the database up.
/// </summary>
internal sealed class OrleansQueries
{
    private const string ReadTexts = "SELECT QueryKey, QueryText FROM OrleansQuery";

    private readonly DatabaseSettings _settings;
    private readonly FrozenDictionary<string, string> _texts;

    private OrleansQueries(DatabaseSettings settings, FrozenDictionary<string, string> texts)
    {
        _settings = settings;
        _texts = texts;
    }

    /// <summary>Reads the statements.</summary>
    /// <exception cref="OrleansConfigurationException">One of <paramref name="keys"/> is not there.</exception>
    public static async Task<OrleansQueries> LoadAsync(DatabaseSettings settings, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        await using var connection = await settings.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = connection.CreateCommand();
        command.CommandText = ReadTexts;
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                all[reader.GetString(0)] = reader.GetString(1);
            }
        }
        catch (DbException exception) when (exception.SqlState == Npgsql.PostgresErrorCodes.UndefinedTable)
        {
            throw new OrleansConfigurationException($"The database of {settings.Options} has no table OrleansQuery; run the script that creates Orleans' tables and queries.", exception);
        }

        var missing = keys.Where(key => !all.ContainsKey(key)).ToArray();
        return missing.Length == 0
            ? new(settings, all.ToFrozenDictionary(StringComparer.Ordinal))
            : throw new OrleansConfigurationException($"The table OrleansQuery in the database of {settings.Options} lacks {string.Join(", ", missing)}; run the script that creates Orleans' tables and queries.");
    }

    /// <summary>Runs a statement and reads its rows.</summary>
    public async Task<List<T>> ReadAsync<T>(string key, Action<AddParameter> parameters, Func<DbDataReader, T> read, CancellationToken cancellationToken = default)
    {
        await using var connection = await _settings.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = Create(connection, key, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Runs a statement that answers with one row.</summary>
    public async Task<T> ReadOneAsync<T>(string key, Action<AddParameter> parameters, Func<DbDataReader, T> read, CancellationToken cancellationToken = default) =>
        await ReadAsync(key, parameters, read, cancellationToken).ConfigureAwait(false) is [var row]
            ? row
            : throw new OrleansException($"The statement {key} of the table OrleansQuery did not answer with exactly one row.");

    /// <summary>Runs a statement that has no answer.</summary>
    public async Task ExecuteAsync(string key, Action<AddParameter> parameters, CancellationToken cancellationToken = default)
    {
        await using var connection = await _settings.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = Create(connection, key, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private DbCommand Create(DbConnection connection, string key, Action<AddParameter> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text comes from the table that is there for it.
        command.CommandText = _texts[key];
#pragma warning restore CA2100
        parameters((name, value) =>
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        });
        return command;
    }
}

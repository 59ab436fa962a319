using Microsoft.Data.Sqlite;

namespace Crescent.Providers.Sandbox;

/// <summary>The sandboxes' statements: one embedded file each, in the folder <c>Sql</c> beside the class that uses it.</summary>
internal static class SandboxSql
{
    public static string Load(Type neighbour, string name)
    {
        using var stream = neighbour.Assembly.GetManifestResourceStream($"{neighbour.Namespace}.Sql.{name}.sql")
            ?? throw new InvalidOperationException($"No embedded Sql/{name}.sql beside {neighbour}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    public static SqliteCommand Prepare(SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    public static void Bind(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}

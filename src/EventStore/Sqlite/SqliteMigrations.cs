using System.Globalization;

namespace Crescent.EventStore.Sqlite;

/// <summary>Runs the numbered scripts of a component that a file has not seen yet.</summary>
static class SqliteMigrations
{
    static readonly string CreateSchemaVersions = SqlText.Load(typeof(SqliteMigrations), "CreateSchemaVersions");
    static readonly string ReadSchemaVersion = SqlText.Load(typeof(SqliteMigrations), "ReadSchemaVersion");
    static readonly string WriteSchemaVersion = SqlText.Load(typeof(SqliteMigrations), "WriteSchemaVersion");

    public static void Apply(SqliteSession session, string path, string component, Type neighbour)
    {
        var scripts = Scripts(neighbour);
        session.ExecuteScript(CreateSchemaVersions);
        var version = session.Statement(ReadSchemaVersion).Bind(1, component).FirstOrDefault(row => row.GetInt32(0));
        if (version > scripts.Count) throw new SchemaTooNewException(path, component, version, scripts.Count);
        foreach (var (number, name) in scripts.Skip(version))
        {
            session.ExecuteScript("BEGIN IMMEDIATE");
            try
            {
                session.ExecuteScript(SqlText.Load(neighbour, name));
                session.Statement(WriteSchemaVersion).Bind(1, component).Bind(2, number).Execute();
                session.ExecuteScript("COMMIT");
            }
            catch
            {
                session.ResetStatements();
                if (session.InTransaction) session.ExecuteScript("ROLLBACK");
                throw;
            }
        }
    }

    static List<(int Number, string Name)> Scripts(Type neighbour)
    {
        var prefix = $"{neighbour.Namespace}.Migrations.";
        var scripts = neighbour.Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => (Number: int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture),
                Name: name[(neighbour.Namespace!.Length + 1)..^".sql".Length]))
            .OrderBy(script => script.Number)
            .ToList();
        for (var i = 0; i < scripts.Count; i++)
        {
            if (scripts[i].Number != i + 1)
                throw new InvalidOperationException($"The migrations under {prefix} must be numbered from 0001 without gaps, but {scripts[i].Name} comes at place {i + 1}.");
        }

        return scripts;
    }
}

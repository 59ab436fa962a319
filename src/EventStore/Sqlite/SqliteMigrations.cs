namespace Crescent.EventStore.Sqlite;

/// <summary>Runs the numbered scripts of a component that a file has not seen yet.</summary>
static class SqliteMigrations
{
    static readonly string CreateSchemaVersions = SqlText.Load(typeof(SqliteMigrations), "CreateSchemaVersions");
    static readonly string ReadSchemaVersion = SqlText.Load(typeof(SqliteMigrations), "ReadSchemaVersion");
    static readonly string WriteSchemaVersion = SqlText.Load(typeof(SqliteMigrations), "WriteSchemaVersion");

    public static void Apply(SqliteSession session, string path, string component, Type neighbour)
    {
        var scripts = MigrationScripts.Of(neighbour);
        session.ExecuteScript(CreateSchemaVersions);
        var version = session.Statement(ReadSchemaVersion).Bind(1, component).FirstOrDefault(row => row.GetInt32(0));
        if (version > scripts.Count) throw new SchemaTooNewException(path, component, version, scripts.Count);
        foreach (var (number, text) in scripts.Skip(version))
        {
            session.ExecuteScript("BEGIN IMMEDIATE");
            try
            {
                session.ExecuteScript(text);
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
}

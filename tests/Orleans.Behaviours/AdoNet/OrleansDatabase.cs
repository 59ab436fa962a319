using Crescent.Testing;

namespace Orleans.Behaviours.AdoNet;

/// <summary>A database of its own, set up with the script that deployments use.</summary>
public sealed class OrleansDatabase : IDisposable
{
    public const string Invariant = "Npgsql";

    private readonly string _name = PostgresServer.Instance.TakeDatabase();
    private readonly Guid _application = Guid.CreateVersion7();

    public OrleansDatabase() => SetUp();

    /// <summary>With a name of its own, so that nobody gets connections from the pool of the database's last user.</summary>
    public string ConnectionString => $"{PostgresServer.Instance.ConnectionString(_name)};Application Name={_application:N}";

    public static string ReadScript()
    {
        using var reader = new StreamReader(typeof(OrleansDatabase).Assembly.GetManifestResourceStream("orleans.sql")!);
        return reader.ReadToEnd();
    }

    public void SetUp() => Execute(ReadScript());

    public void Execute(string sql) => PostgresServer.Instance.Execute(_name, sql);

    public T Query<T>(string sql) => PostgresServer.Instance.Query<T>(_name, sql);

    public void Dispose() => PostgresServer.Instance.GiveBack(_name);
}

using Crescent.EventStore;

namespace Crescent.ReadModels.Storage;

/// <summary>A query as each database takes it. Parameters are numbered, <c>$1</c> or <c>?1</c>.</summary>
internal sealed class ViewSql
{
    private ViewSql(string sqlite, string postgres) => (Sqlite, Postgres) = (sqlite, postgres);

    public string Sqlite { get; }

    public string Postgres { get; }

    /// <summary>One text for both, in a file beside <paramref name="neighbour"/>.</summary>
    public static ViewSql Same(Type neighbour, string name)
    {
        var text = SqlText.Load(neighbour, name);
        return new ViewSql(text.Replace('$', '?'), text);
    }

    /// <summary>A text for each, in the folders <c>Sqlite</c> and <c>Postgres</c> beside <paramref name="neighbour"/>.</summary>
    public static ViewSql Each(Type neighbour, string name) =>
        new(SqlText.Load(neighbour, $"Sqlite.{name}"), SqlText.Load(neighbour, $"Postgres.{name}"));
}

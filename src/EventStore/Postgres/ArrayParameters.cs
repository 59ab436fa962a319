using System.Collections;
using Npgsql;
using NpgsqlTypes;

namespace Crescent.EventStore.Postgres;

/// <summary>The parameters of a command that are arrays: lists that are filled anew each time it is executed.</summary>
sealed class ArrayParameters(NpgsqlCommand command)
{
    readonly List<IList> _lists = [];

    /// <summary>Adds the next parameter.</summary>
    public List<T> Add<T>(NpgsqlDbType type)
    {
        var values = new List<T>();
        _lists.Add(values);
        command.Parameters.Add(new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values });
        return values;
    }

    public void Clear() => _lists.ForEach(static list => list.Clear());
}

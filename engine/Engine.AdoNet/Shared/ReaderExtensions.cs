using System.Data.Common;

namespace Orleans.AdoNet;

/// <summary>Columns by name: the order in which a statement answers them is its own affair.</summary>
internal static class ReaderExtensions
{
    public static T GetFieldValue<T>(this DbDataReader row, string column) => row.GetFieldValue<T>(row.GetOrdinal(column));

    public static bool IsNull(this DbDataReader row, string column) => row.IsDBNull(row.GetOrdinal(column));
}

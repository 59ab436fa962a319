namespace Crescent.ReadModels.Storage;

/// <summary>A row of an answer; columns count from 0, in the order of the query.</summary>
internal interface IRow
{
    string String(int column);

    string? StringOrNull(int column);

    int Int32(int column);

    long Int64(int column);

    decimal Decimal(int column);

    DateTimeOffset Time(int column);

    DateTimeOffset? TimeOrNull(int column);

    Guid Guid(int column);
}

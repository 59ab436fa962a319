namespace Orleans.Runtime;

/// <summary>Something to do with the membership table. A silo does one at a time.</summary>
internal abstract record TableOperation
{
    /// <summary>Whether other silos have something new to read when it is done.</summary>
    public virtual bool ChangesView => false;

    public sealed record Read : TableOperation;

    public sealed record Insert(MembershipEntry Entry, TableVersion Version) : TableOperation
    {
        public override bool ChangesView => true;
    }

    public sealed record Update(MembershipEntry Entry, string ETag, TableVersion Version) : TableOperation
    {
        public override bool ChangesView => true;
    }

    public sealed record SayAlive(MembershipEntry Entry) : TableOperation;

    public sealed record Cleanup(DateTimeOffset Before) : TableOperation;
}

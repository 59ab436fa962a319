namespace Crescent.Domain;

/// <summary>Something that happened to an aggregate. Its records are nested under one closed base per aggregate.</summary>
#pragma warning disable CA1040
public interface IDomainEvent;
#pragma warning restore CA1040

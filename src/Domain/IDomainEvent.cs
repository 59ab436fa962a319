namespace Crescent.Domain;

/// <summary>Something that happened to an aggregate. Stored for ever, so it only ever gains optional members.</summary>
public interface IDomainEvent;

namespace Crescent.EventStore.PersonalData;

/// <summary>The database's personal keys were wrapped with another master key.</summary>
public sealed class WrongMasterKeyException(string database, Exception innerException) : Exception(
    $"The master key does not open the personal keys in '{database}'. Restore the secret that this data was written with, or start with an empty database.",
    innerException);

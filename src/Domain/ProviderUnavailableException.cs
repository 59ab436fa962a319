namespace Crescent.Domain;

/// <summary>
/// A provider is being left alone because it only fails: nothing was sent, so nothing has changed there, and it is no
/// failure of what was to be done.
/// </summary>
public sealed class ProviderUnavailableException(string provider, Exception? innerException = null)
    : Exception($"The provider '{provider}' fails too often and is left alone for a while.", innerException)
{
    public string Provider { get; } = provider;
}

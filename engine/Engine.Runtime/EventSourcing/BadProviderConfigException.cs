using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A grain class asks for a provider that the silo doesn't have, or doesn't fit the one it has.</summary>
[GenerateSerializer]
public sealed class BadProviderConfigException : OrleansException
{
    public BadProviderConfigException()
    {
    }

    public BadProviderConfigException(string message)
        : base(message)
    {
    }

    public BadProviderConfigException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

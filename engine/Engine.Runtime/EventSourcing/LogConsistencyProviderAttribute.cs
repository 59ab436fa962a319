using Orleans.EventSourcing.CustomStorage;

namespace Orleans.Providers;

/// <summary>Names the log-consistency provider of a journaled grain class; without it the default one is used.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class LogConsistencyProviderAttribute : Attribute
{
    /// <summary>The name under which the provider was added to the silo.</summary>
    public string ProviderName { get; set; } = CustomStorageProvider.DefaultName;
}

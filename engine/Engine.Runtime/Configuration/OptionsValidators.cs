using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Checks <see cref="GrainCollectionOptions"/>.</summary>
internal sealed class GrainCollectionOptionsValidator(IOptions<GrainCollectionOptions> options) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var collection = options.Value;
        if (collection.CollectionQuantum <= TimeSpan.Zero)
        {
            throw new OrleansConfigurationException($"GrainCollectionOptions.CollectionQuantum is {collection.CollectionQuantum}; it must be greater than zero.");
        }

        RequireLongerThanQuantum(nameof(collection.CollectionAge), collection.CollectionAge);
        foreach (var (grainClass, age) in collection.ClassSpecificCollectionAge)
        {
            RequireLongerThanQuantum($"{nameof(collection.ClassSpecificCollectionAge)}[{grainClass}]", age);
        }
    }

    private void RequireLongerThanQuantum(string name, TimeSpan age)
    {
        if (age <= options.Value.CollectionQuantum && age != Timeout.InfiniteTimeSpan)
        {
            throw new OrleansConfigurationException(
                $"GrainCollectionOptions.{name} is {age}; it must be greater than CollectionQuantum, which is {options.Value.CollectionQuantum}.");
        }
    }
}

/// <summary>Checks <see cref="SiloMessagingOptions"/>.</summary>
internal sealed class SiloMessagingOptionsValidator(IOptions<SiloMessagingOptions> options) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        if (options.Value.MaxForwardCount < 0)
        {
            throw new OrleansConfigurationException($"SiloMessagingOptions.MaxForwardCount is {options.Value.MaxForwardCount}; it must not be negative.");
        }

        if (options.Value.MaxEnqueuedRequestsHardLimit < 0)
        {
            throw new OrleansConfigurationException(
                $"SiloMessagingOptions.MaxEnqueuedRequestsHardLimit is {options.Value.MaxEnqueuedRequestsHardLimit}; it must not be negative (0 sets no limit).");
        }

        if (options.Value.ResponseTimeout <= TimeSpan.Zero && options.Value.ResponseTimeout != Timeout.InfiniteTimeSpan)
        {
            throw new OrleansConfigurationException($"SiloMessagingOptions.ResponseTimeout is {options.Value.ResponseTimeout}; it must be greater than zero.");
        }
    }
}

using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>A storage in memory.</summary>
public class MemoryGrainStorageOptions
{
    public const int NumStorageGrainsDefaultValue = 10;

    /// <summary>Among how many grains the states are spread.</summary>
    public int NumStorageGrains { get; set; } = NumStorageGrainsDefaultValue;
}

/// <summary>Checks <see cref="MemoryGrainStorageOptions"/>.</summary>
internal sealed class MemoryGrainStorageOptionsCheck(MemoryGrainStorageOptions options, string name) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        if (options.NumStorageGrains <= 0)
        {
            throw new OrleansConfigurationException($"MemoryGrainStorageOptions.NumStorageGrains of '{name}' is {options.NumStorageGrains}; it must be greater than zero.");
        }
    }
}

namespace Orleans;

/// <summary>Checks settings before a host starts.</summary>
public interface IConfigurationValidator
{
    /// <exception cref="Runtime.OrleansConfigurationException">A setting is wrong; the message says which and why.</exception>
    void ValidateConfiguration();
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Adds extensions to the grains of a silo.</summary>
public static class HostingGrainExtensions
{
    /// <summary>Every activation answers <typeparamref name="TExtensionInterface"/>, with an extension of its own made at the first call.</summary>
    public static ISiloBuilder AddGrainExtension<TExtensionInterface, TExtension>(this ISiloBuilder builder)
        where TExtensionInterface : class, IGrainExtension
        where TExtension : class, TExtensionInterface
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedTransient<IGrainExtension, TExtension>(typeof(TExtensionInterface));
        return builder;
    }
}

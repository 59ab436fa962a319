using Microsoft.Extensions.DependencyInjection;

namespace CrashHost;

internal static class Decoration
{
    /// <summary>Puts a decorator around every registration of a service, whatever made it; its lifetime stays.</summary>
    public static void Decorate<TService>(this IServiceCollection services, Func<TService, IServiceProvider, TService> decorate) where TService : class
    {
        for (var i = 0; i < services.Count; i++)
        {
            var inner = services[i];
            if (inner.ServiceType == typeof(TService) && !inner.IsKeyedService)
                services[i] = new ServiceDescriptor(typeof(TService), provider => decorate((TService)Create(inner, provider), provider), inner.Lifetime);
        }
    }

    private static object Create(ServiceDescriptor descriptor, IServiceProvider provider) =>
        descriptor.ImplementationInstance
        ?? descriptor.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, descriptor.ImplementationType!);
}

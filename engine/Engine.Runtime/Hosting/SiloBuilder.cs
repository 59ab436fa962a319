using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

internal sealed class SiloBuilder : ISiloBuilder
{
    public SiloBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        SiloServices.AddTo(services);
        NetworkServices.BindOptions(services, configuration);
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }
}

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

internal sealed class ClientBuilder : IClientBuilder
{
    public ClientBuilder(IServiceCollection services, IConfiguration configuration)
    {
        Services = services;
        Configuration = configuration;
        ClientServices.AddTo(services);
        NetworkServices.BindOptions(services, configuration);
    }

    public IServiceCollection Services { get; }

    public IConfiguration Configuration { get; }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Crescent.Silo.Hosting;

/// <summary>Where traces and metrics go: <c>Crescent:Telemetry</c>.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Crescent:Telemetry";

    /// <summary>OTLP endpoint such as http://localhost:4317; nothing is exported without one.</summary>
    [Url]
    public string? OtlpEndpoint { get; set; }

    /// <summary>The name this process has in traces and metrics.</summary>
    [Required]
    public string ServiceName { get; set; } = "crescent";
}

/// <summary>Keeps the OpenTelemetry providers alive from the start of the host to its end, when they send what they still have.</summary>
public sealed class Telemetry(IOptions<TelemetryOptions> options) : IHostedLifecycleService, IDisposable
{
    TracerProvider? _traces;
    MeterProvider? _metrics;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        if (options.Value.OtlpEndpoint is not { } endpoint)
            return Task.CompletedTask;

        var resource = ResourceBuilder.CreateDefault().AddService(options.Value.ServiceName);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "Microsoft.Orleans.*", "Crescent.*")
            .AddOtlpExporter(exporter => exporter.Endpoint = new Uri(endpoint))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.*", "Microsoft.Orleans", "Crescent.*")
            .AddOtlpExporter(exporter => exporter.Endpoint = new Uri(endpoint))
            .Build();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}

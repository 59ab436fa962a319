using System.Collections.Frozen;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Crescent.ApiHost.Http;

/// <summary>
/// Counts and times every answer by method, path template and status. The template and not the path: a path holds ids, and
/// a time series per id would grow for ever.
/// </summary>
internal sealed class HttpMetrics
{
    public const string MeterName = "Crescent.Http";

    // A client may send any word as its method, and each would be a time series of its own.
    static readonly FrozenSet<string> Known = FrozenSet.Create("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS");

    readonly Counter<long> _requests;
    readonly Counter<long> _errors;
    readonly Histogram<double> _responseTime;
    readonly TimeProvider _time;

    public HttpMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("api_requests_total", description: "Total number of API requests");
        _errors = meter.CreateCounter<long>("api_errors_total", description: "Total number of API errors (status 400 and above)");
        _responseTime = meter.CreateHistogram<double>("api_response_time", "ms", "API response time in milliseconds");
        _time = time;
    }

    public async Task MeasureAsync(HttpContext context, RequestDelegate next)
    {
        var start = _time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            Record(context, _time.GetElapsedTime(start));
        }
    }

    void Record(HttpContext context, TimeSpan elapsed)
    {
        var status = context.Response.StatusCode;
        var tags = new TagList
        {
            { "method", Known.Contains(context.Request.Method) ? context.Request.Method : "_OTHER" },
            { "path", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(unmatched)" },
            { "status_code", status.ToString(CultureInfo.InvariantCulture) },
        };
        _requests.Add(1, tags);
        _responseTime.Record(elapsed.TotalMilliseconds, tags);
        if (status >= 400)
            _errors.Add(1, tags);
    }
}

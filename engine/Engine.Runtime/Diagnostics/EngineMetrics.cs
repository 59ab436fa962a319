using System.Diagnostics.Metrics;
using Engine.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>The meter of a silo, with the instruments' names that Orleans documents.</summary>
internal sealed class EngineMetrics
{
    public const string MeterName = "Microsoft.Orleans";

    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private readonly Counter<long> _created;
    private readonly Counter<long> _destroyed;
    private readonly Counter<long> _timedOut;
    private readonly Counter<long> _cancelled;
    private readonly Counter<long> _ticks;
    private readonly Histogram<double> _tardiness;
    private readonly LatencyCounters _latency;

    public EngineMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        _meter = meters.Create(MeterName);
        _created = _meter.CreateCounter<long>("orleans-catalog-activation-created");
        _destroyed = _meter.CreateCounter<long>("orleans-catalog-activation-destroyed");
        _timedOut = _meter.CreateCounter<long>("orleans-app-requests-timedout");
        _cancelled = _meter.CreateCounter<long>("orleans-app-requests-canceled");
        _ticks = _meter.CreateCounter<long>("orleans-reminders-ticks-delivered");
        _tardiness = _meter.CreateHistogram<double>("orleans-reminders-tardiness", unit: "seconds");
        _latency = new LatencyCounters(_meter);
    }

    public void ObserveActivations(Func<int> count) => _meter.CreateObservableGauge("orleans-catalog-activations", count);

    public void ObserveReminders(Func<int> count) => _meter.CreateObservableGauge("orleans-reminders-active", count);

    public void ReminderTicks(TimeSpan lateness)
    {
        _ticks.Add(1);
        _tardiness.Record(lateness.TotalSeconds);
    }

    public void ActivationCreated() => _created.Add(1);

    public void ActivationDestroyed() => _destroyed.Add(1);

    public void CallAbandoned(GrainId target, Exception reason)
    {
        var counter = reason switch
        {
            TimeoutException => _timedOut,
            OperationCanceledException => _cancelled,
            _ => null,
        };
        counter?.Add(1, new KeyValuePair<string, object?>("grain_type", target.Type.ToString()));
    }

    public void CallBegins(GrainCall call)
    {
        // Two clock readings a call are paid only while somebody looks.
        call.SentAt = _latency.IsEnabled ? _time.GetTimestamp() : 0;
    }

    public void CallEnded(GrainCall call)
    {
        if (call.SentAt != 0)
        {
            _latency.Add(_time.GetElapsedTime(call.SentAt));
        }
    }
}

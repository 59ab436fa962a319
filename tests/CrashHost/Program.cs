using CrashHost;
using Crescent.ApiHost.Composition;
using Crescent.Domain.Analytics;
using Crescent.Domain.Mail;
using Crescent.Domain.Payments;
using Crescent.Domain.Shipments;
using Crescent.EventStore;

// The real host with a hand on the trigger. Commands come in on standard input, a line each:
//   record            forgets what was seen and records the points that are reached
//   quiet             answers when every consumer has applied all that is in the log
//   points            answers with what was recorded
//   arm POINT         kills the process at the point, written as "Before 2 append order Placed"
// Answers go out on standard output behind "crash-host: ".
var points = new CrashPoints();
await using var app = CrescentHost.Build(args, builder =>
{
    builder.Services.Decorate<IEventStore>((inner, _) => new CrashingEventStore(inner, points));
    builder.Services.Decorate<IPaymentProvider>((inner, _) => new CrashingPaymentProvider(inner, points));
    builder.Services.Decorate<ICarrier>((inner, _) => new CrashingCarrier(inner, points));
    builder.Services.Decorate<IMailer>((inner, _) => new CrashingMailer(inner, points));
    builder.Services.Decorate<IAnalyticsStore>((inner, _) => new CrashingAnalyticsStore(inner, points));
    builder.Services.Decorate<ILogConsumer>((inner, _) => new CrashingConsumer(inner, points));
});
await CrescentHost.StartAsync(app, Console.Out);
Answer("ready " + app.Urls.First());

while (await Console.In.ReadLineAsync() is { } line)
{
    switch (line.Split(' ', 2))
    {
        case ["record"]:
            points.Record();
            Answer("recording");
            break;
        case ["quiet"]:
            await Quiet.WaitAsync(app.Services);
            Answer("quiet");
            break;
        case ["points"]:
            foreach (var point in points.Recorded)
                Answer("point " + point);
            Answer("end");
            break;
        case ["arm", var point]:
            points.Arm(CrashPoint.Parse(point));
            Answer("armed");
            break;
        default:
            Answer("unknown command " + line);
            break;
    }
}
await app.StopAsync();

static void Answer(string text) => Console.WriteLine("crash-host: " + text);

using System.Globalization;

namespace Benchmarks;

/// <summary>
/// Measures variants of one thing in turn, round by round, so that what else the machine does falls on all of them alike,
/// and prints for each its median, its spread and its ratio to the first.
/// </summary>
/// <param name="title">What is measured.</param>
/// <param name="unit">Of the figure that a variant returns, for example "events/s".</param>
internal sealed class Comparison(string title, string unit)
{
    private const int DefaultRounds = 5;
    private readonly List<(string Name, Func<Task<double>> Measure)> _variants = [];

    /// <summary>Adds a variant; <paramref name="measure"/> runs one round and returns its figure.</summary>
    public Comparison Add(string name, Func<Task<double>> measure)
    {
        _variants.Add((name, measure));
        return this;
    }

    /// <summary>Runs one unmeasured round and then <paramref name="rounds"/> measured ones.</summary>
    public async Task RunAsync(int rounds = DefaultRounds)
    {
        var figures = _variants.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < _variants.Count; i++)
            {
                var figure = await _variants[i].Measure();
                if (round > 0)
                    figures[i].Add(figure);
            }
        }
        Print(figures);
    }

    private void Print(List<double>[] figures)
    {
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine($"| variant | median {unit} | spread | ratio |");
        Console.WriteLine("|---|--:|--:|--:|");
        var reference = Median(figures[0]);
        for (var i = 0; i < _variants.Count; i++)
        {
            var median = Median(figures[i]);
            var spread = (figures[i].Max() - figures[i].Min()) / median;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {_variants[i].Name} | {Format(median)} | {spread:P0} | {median / reference:0.00} |"));
        }
    }

    private static string Format(double figure) => figure.ToString(figure >= 100 ? "N0" : "0.000", CultureInfo.InvariantCulture);

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}

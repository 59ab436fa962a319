using System.Globalization;

namespace Crescent.Cluster.Tests.Load;

/// <summary>Which orders are placed, in which order: a function of the seed.</summary>
/// <param name="always">The way of all of them, instead of a mixture.</param>
internal sealed class OrderPlan(int seed, OrderWay? always = null)
{
    /// <summary>The first product is the hot one, the last ones are scarce.</summary>
    public const int Products = 10;
    public const int ScarceProducts = 2;
    public const int Buyers = 20;
    const int MostQuantity = 3;
    const double OnTheHotProduct = 0.4;
    const double WithTwoLines = 0.3;

    public PlannedOrder Order(int number)
    {
        var random = new Random(HashOf(number));
        var drawn = WayAt(random.Next(OrderWay.All.Sum(way => way.Weight)));
        var way = always ?? drawn;
        var lines = Enumerable.Range(0, random.NextDouble() < WithTwoLines ? 2 : 1)
            .Select(_ => new PlannedLine(Product(way, random), random.Next(1, MostQuantity + 1)))
            .ToList();
        return new PlannedOrder(number, string.Create(CultureInfo.InvariantCulture, $"order-{seed}-{number}"), random.Next(Buyers), way, lines);
    }

    static int Product(OrderWay way, Random random) =>
        way == OrderWay.Scarce ? Products - 1 - random.Next(ScarceProducts)
        : random.NextDouble() < OnTheHotProduct ? 0
        : random.Next(Products - ScarceProducts);

    static OrderWay WayAt(int point)
    {
        foreach (var way in OrderWay.All)
        {
            point -= way.Weight;
            if (point < 0)
                return way;
        }

        throw new ArgumentOutOfRangeException(nameof(point));
    }

    /// <summary>The same in every process, unlike <see cref="HashCode"/>.</summary>
    int HashOf(int number) => unchecked((seed * 1_000_003) ^ (number * 7919));
}

/// <summary>An order of the plan.</summary>
/// <param name="Buyer">Index of who places it.</param>
internal sealed record PlannedOrder(int Number, string Key, int Buyer, OrderWay Way, IReadOnlyList<PlannedLine> Lines);

/// <param name="Product">Index of the product.</param>
internal sealed record PlannedLine(int Product, int Quantity);

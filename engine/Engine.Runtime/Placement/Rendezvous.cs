using System.Collections.Immutable;
using System.Text;

namespace Orleans.Runtime;

/// <summary>
/// Rendezvous hashing (highest random weight; Thaler and Ravishankar 1998): each silo has a weight for each grain, and the
/// heaviest one owns it. A silo that comes takes only what it now owns, and of one that goes only its own grains move.
/// </summary>
internal sealed class Rendezvous
{
    private readonly ImmutableArray<SiloAddress> _silos;
    private readonly ulong[] _seeds;

    public Rendezvous(ImmutableArray<SiloAddress> silos)
    {
        _silos = silos;
        _seeds = [.. silos.Select(SeedOf)];
    }

    public SiloAddress? OwnerOf(GrainId grain)
    {
        var seeds = _seeds;
        if (seeds.Length <= 1)
        {
            return seeds.Length == 0 ? null : _silos[0];
        }

        // Spreads the 32 bits of the grain's hash over 64 before each silo mixes in its own.
        var hash = grain.GetUniformHashCode() * 0x9E3779B97F4A7C15UL;
        var owner = 0;
        ulong heaviest = 0;
        for (var i = 0; i < seeds.Length; i++)
        {
            var weight = Mix(hash ^ seeds[i]);
            if (weight > heaviest)
            {
                heaviest = weight;
                owner = i;
            }
        }

        return _silos[owner];
    }

    private static ulong SeedOf(SiloAddress silo)
    {
        var name = Encoding.ASCII.GetBytes(silo.ToParsableString());
        return Mix(((ulong)StableHash.Of(name) << 32) | StableHash.Of([.. name, 0]));
    }

    // The finalizer of MurmurHash3 for 64 bits (Austin Appleby, public domain): every bit of the input changes half of the output's.
    private static ulong Mix(ulong word)
    {
        word = (word ^ (word >> 33)) * 0xff51afd7ed558ccdUL;
        word = (word ^ (word >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return word ^ (word >> 33);
    }
}

using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>Checks <see cref="ClusterMembershipOptions"/> and <see cref="HandOverOptions"/>.</summary>
internal sealed class ClusterMembershipOptionsCheck(IOptions<ClusterMembershipOptions> options, IOptions<HandOverOptions> handOver) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        var membership = options.Value;
        RequirePositive(nameof(membership.ProbeTimeout), membership.ProbeTimeout);
        RequirePositive(nameof(membership.TableRefreshTimeout), membership.TableRefreshTimeout);
        RequirePositive(nameof(membership.IAmAliveTablePublishTimeout), membership.IAmAliveTablePublishTimeout);
        RequirePositive(nameof(membership.DeathVoteExpirationTimeout), membership.DeathVoteExpirationTimeout);
        RequirePositive(nameof(membership.MaxJoinAttemptTime), membership.MaxJoinAttemptTime);
        RequirePositive(nameof(membership.DefunctSiloExpiration), membership.DefunctSiloExpiration);
        if (membership.DefunctSiloCleanupPeriod is { } period)
        {
            RequirePositive(nameof(membership.DefunctSiloCleanupPeriod), period);
        }

        RequirePositive(nameof(membership.NumMissedProbesLimit), membership.NumMissedProbesLimit);
        RequirePositive(nameof(membership.NumProbedSilos), membership.NumProbedSilos);
        RequirePositive(nameof(membership.NumVotesForDeathDeclaration), membership.NumVotesForDeathDeclaration);
        RequirePositive(nameof(membership.NumMissedTableIAmAliveLimit), membership.NumMissedTableIAmAliveLimit);
        if (membership.MinProbeTimeout > membership.MaxProbeTimeout)
        {
            throw new OrleansConfigurationException(
                $"ClusterMembershipOptions.MinProbeTimeout is {membership.MinProbeTimeout}; it must not be greater than MaxProbeTimeout, which is {membership.MaxProbeTimeout}.");
        }

        if (handOver.Value.HandOverTimeout < TimeSpan.Zero)
        {
            throw new OrleansConfigurationException($"HandOverOptions.HandOverTimeout is {handOver.Value.HandOverTimeout}; it must not be negative.");
        }
    }

    private static void RequirePositive(string name, TimeSpan value)
    {
        if (value <= TimeSpan.Zero)
        {
            throw new OrleansConfigurationException($"ClusterMembershipOptions.{name} is {value}; it must be greater than zero.");
        }
    }

    private static void RequirePositive(string name, int value)
    {
        if (value <= 0)
        {
            throw new OrleansConfigurationException($"ClusterMembershipOptions.{name} is {value}; it must be greater than zero.");
        }
    }
}

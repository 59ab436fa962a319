using Crescent.ApiHost.Http;
using Crescent.GrainInterfaces.Inventory;
using Crescent.GrainInterfaces.Orders;
using Crescent.GrainInterfaces.OrderSaga;
using Crescent.GrainInterfaces.Users;

namespace Crescent.ApiHost.Tests.Http;

public sealed class RejectionResultsTests
{
    [Fact]
    public void TypeOf_EveryReason_IsAClientError()
    {
        ProblemType[] types =
        [
            .. Enum.GetValues<UserRejectionReason>().Select(RejectionResults.TypeOf),
            .. Enum.GetValues<InventoryRejectionReason>().Select(RejectionResults.TypeOf),
            .. Enum.GetValues<OrderRejectionReason>().Select(RejectionResults.TypeOf),
            .. Enum.GetValues<SagaRejectionReason>().Select(RejectionResults.TypeOf),
        ];

        Assert.All(types, type => Assert.InRange(type.Status, 400, 499));
    }
}

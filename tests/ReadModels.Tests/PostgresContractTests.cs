using Crescent.ReadModels.Tests.Analytics;
using Crescent.ReadModels.Tests.Due;
using Crescent.ReadModels.Tests.Orders;
using Crescent.ReadModels.Tests.Products;
using Crescent.ReadModels.Tests.Projections;
using Crescent.ReadModels.Tests.Sagas;
using Crescent.ReadModels.Tests.Users;

namespace Crescent.ReadModels.Tests;

public sealed class PostgresUserQueriesTests : UserQueriesContract<PostgresViewsFixture>;

public sealed class PostgresOrderQueriesTests : OrderQueriesContract<PostgresViewsFixture>;

public sealed class PostgresOrderTimelineTests : OrderTimelineContract<PostgresViewsFixture>;

public sealed class PostgresProductQueriesTests : ProductQueriesContract<PostgresViewsFixture>;

public sealed class PostgresSagaQueriesTests : SagaQueriesContract<PostgresViewsFixture>;

public sealed class PostgresDueQueriesTests : DueQueriesContract<PostgresViewsFixture>;

public sealed class PostgresAnalyticsStoreTests : AnalyticsStoreContract<PostgresViewsFixture>;

public sealed class PostgresProjectionTests : ProjectionContract<PostgresViewsFixture>;

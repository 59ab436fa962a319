using Crescent.ReadModels.Tests.Analytics;
using Crescent.ReadModels.Tests.Due;
using Crescent.ReadModels.Tests.Orders;
using Crescent.ReadModels.Tests.Products;
using Crescent.ReadModels.Tests.Projections;
using Crescent.ReadModels.Tests.Sagas;
using Crescent.ReadModels.Tests.Users;

namespace Crescent.ReadModels.Tests;

public sealed class SqliteUserQueriesTests : UserQueriesContract<SqliteViewsFixture>;

public sealed class SqliteOrderQueriesTests : OrderQueriesContract<SqliteViewsFixture>;

public sealed class SqliteOrderTimelineTests : OrderTimelineContract<SqliteViewsFixture>;

public sealed class SqliteProductQueriesTests : ProductQueriesContract<SqliteViewsFixture>;

public sealed class SqliteSagaQueriesTests : SagaQueriesContract<SqliteViewsFixture>;

public sealed class SqliteDueQueriesTests : DueQueriesContract<SqliteViewsFixture>;

public sealed class SqliteAnalyticsStoreTests : AnalyticsStoreContract<SqliteViewsFixture>;

public sealed class SqliteProjectionTests : ProjectionContract<SqliteViewsFixture>;

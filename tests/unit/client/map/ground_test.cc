#include "client/map/ground.h"

#include <gtest/gtest.h>

#include "client/map/triangulate.h"
#include "tests/unit/client/map/map_bytes.h"

namespace daftar {
namespace {

Ground Provinces() { return Ground(*ReadGeodata(TwoProvinces())); }

std::string NameAt(const Ground& ground, LatLon at) {
  const std::optional<uint32_t> area = ground.AreaAt(Project(at));
  return area ? ground.areas()[*area].names.texts[0] : "";
}

double AreaOf(const Ground::Fill& fill, int step) {
  std::vector<WorldPoint> shown;
  for (size_t i = 0; i < fill.corners.points.size(); ++i) {
    if (fill.corners.Shows(i, step)) shown.push_back(FromGrid(fill.corners.points[i]));
  }
  double sum = 0;
  for (const auto& [a, b, c] : fill.triangles[static_cast<size_t>(step)]) {
    const WorldPoint corners[] = {shown.at(a), shown.at(b), shown.at(c)};
    sum += std::abs(SignedArea(corners)) / 2;
  }
  return sum;
}

TEST(Ground, APointLiesInTheProvinceAroundIt) {
  const Ground ground = Provinces();
  EXPECT_EQ(NameAt(ground, {31, 61}), "West");
  EXPECT_EQ(NameAt(ground, {31, 63}), "East");
  EXPECT_EQ(NameAt(ground, {33, 61}), "");
  EXPECT_EQ(NameAt(ground, {31, 64.1}), "");
}

TEST(Ground, TrianglesCoverAProvinceAtEveryStepOfZoom) {
  const Ground ground = Provinces();
  for (int step = 0; step < Ground::kSteps; ++step) {
    const WorldBox& box = ground.areas()[0].box;
    EXPECT_NEAR(AreaOf(ground.areas()[0].fill, step), (box.right - box.left) * (box.bottom - box.top), 1e-11)
        << "step " << step;
  }
}

TEST(Ground, ANameStandsInsideOfItsProvince) {
  const Ground ground = Provinces();
  EXPECT_EQ(ground.AreaAt(ground.areas()[1].middle), 1u);
}

TEST(Ground, AProvinceKnowsItsSize) {
  // 2 by 2 degrees at 31 degrees north: 222 by 190 km.
  EXPECT_NEAR(Provinces().areas()[0].square_km, 42'300, 900);
  EXPECT_NEAR(Provinces().CountrySquareKm(1), 84'600, 1'800);
}

TEST(Ground, WithoutGeodataThereIsNothingToDrawAndNoProvince) {
  const Ground ground{Geodata{}};
  EXPECT_TRUE(ground.empty());
  EXPECT_EQ(ground.AreaAt({0.5, 0.5}), std::nullopt);
}

TEST(Ground, NearerStepsOfZoomShowMore) {
  EXPECT_EQ(Ground::StepOf(1), 0);
  EXPECT_EQ(Ground::StepOf(5.5), 4);
  EXPECT_EQ(Ground::StepOf(15), Ground::kSteps - 1);
}

TEST(BuiltInGround, CitiesLieInTheirProvinces) {
  const std::shared_ptr<const Ground> ground = Ground::BuiltIn();
  if (ground->empty()) GTEST_SKIP() << "built without borders";
  EXPECT_EQ(NameAt(*ground, {38.54, 68.78}), "Dushanbe");
  EXPECT_EQ(NameAt(*ground, {37.49, 71.55}), "Gorno-Badakhshan");
  EXPECT_EQ(NameAt(*ground, {36.73, 68.86}), "Kunduz");
  EXPECT_EQ(NameAt(*ground, {35.4, 69.8}), "Panjshir");
}

TEST(BuiltInGround, TheProvincesOfACountryHaveItsSize) {
  const std::shared_ptr<const Ground> ground = Ground::BuiltIn();
  if (ground->empty()) GTEST_SKIP() << "built without borders";
  const auto size_of = [&](std::string_view code) {
    for (uint32_t i = 0; i < ground->countries().size(); ++i) {
      if (ground->countries()[i].code == code) return ground->CountrySquareKm(i + 1);
    }
    return 0.0;
  };
  EXPECT_NEAR(size_of("TJ"), 142'000, 5'000);
  EXPECT_NEAR(size_of("AF"), 652'000, 20'000);
}

TEST(BuiltInGround, TrianglesLeaveNoHolesInTheProvincesOfTheField) {
  const std::shared_ptr<const Ground> ground = Ground::BuiltIn();
  if (ground->empty()) GTEST_SKIP() << "built without borders";
  for (const Ground::Area& area : ground->areas()) {
    if (!area.key.starts_with("TJ.") && !area.key.starts_with("AF.")) continue;
    const double y = (area.box.top + area.box.bottom) / 2;
    const double unit_km = 1 / UnitsOfMetre(Unproject({area.box.left, y}).latitude) / 1000;
    EXPECT_NEAR(AreaOf(area.fill, Ground::kSteps - 1) * unit_km * unit_km, area.square_km, area.square_km * 0.03)
        << area.names.texts[0];
  }
}

}  // namespace
}  // namespace daftar

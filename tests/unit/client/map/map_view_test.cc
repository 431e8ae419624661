#include "client/map/map_view.h"

#include <gtest/gtest.h>

#include <cmath>

namespace daftar {
namespace {

MapView View(double zoom) { return {.centre = Project({38, 69}), .zoom = zoom, .width = 800, .height = 600}; }

TEST(Mercator, APlaceComesBackWhereItWas) {
  for (const LatLon at : {LatLon{38.5, 68.8}, LatLon{-54, -70}, LatLon{0, 0}, LatLon{84, 179.9}}) {
    const LatLon back = Unproject(Project(at));
    EXPECT_NEAR(back.latitude, at.latitude, 1e-9);
    EXPECT_NEAR(back.longitude, at.longitude, 1e-9);
  }
}

TEST(Mercator, TheEquatorAndGreenwichCrossInTheMiddle) {
  EXPECT_NEAR(Project({0, 0}).x, 0.5, 1e-12);
  EXPECT_NEAR(Project({0, 0}).y, 0.5, 1e-12);
}

TEST(Mercator, ThePolesLieAtTheEdge) {
  EXPECT_NEAR(Project({90, 0}).y, 0, 1e-9);
  EXPECT_NEAR(Project({-90, 0}).y, 1, 1e-9);
}

TEST(Mercator, AMetreIsLongerOnTheMapAwayFromTheEquator) { EXPECT_NEAR(UnitsOfMetre(60) / UnitsOfMetre(0), 2, 1e-9); }

TEST(MapView, TheCentreStandsInTheMiddleOfTheCanvas) {
  const CanvasPoint at = View(6).ToCanvas(Project({38, 69}));
  EXPECT_NEAR(at.x, 400, 1e-6);
  EXPECT_NEAR(at.y, 300, 1e-6);
}

TEST(MapView, OneStepOfZoomDoublesTheScale) { EXPECT_NEAR(View(7).Scale() / View(6).Scale(), 2, 1e-9); }

TEST(MapView, WhatLiesUnderThePointerStaysThereWhileZooming) {
  MapView view = View(6);
  const WorldPoint before = view.ToWorld({100, 150});
  view.ZoomAt({100, 150}, 1.5);
  EXPECT_NEAR(view.ToWorld({100, 150}).x, before.x, 1e-12);
  EXPECT_NEAR(view.ToWorld({100, 150}).y, before.y, 1e-12);
}

TEST(MapView, ZoomAndCentreStayWithinTheWorld) {
  MapView view = View(6);
  view.ZoomAt({0, 0}, 100);
  EXPECT_EQ(view.zoom, MapView::kMostZoom);
  view.zoom = 2;
  view.PanBy(1e9, -1e9);
  EXPECT_EQ(view.centre.x, 1);
  EXPECT_EQ(view.centre.y, 0);
}

TEST(MapView, ABoxFitsWithItsMargin) {
  MapView view = View(3);
  WorldBox box;
  box.Add(Project({36, 66}));
  box.Add(Project({41, 75}));
  view.Fit(box, 40, 12);
  const CanvasPoint west_south = view.ToCanvas(Project({36, 66})), east_north = view.ToCanvas(Project({41, 75}));
  EXPECT_GE(west_south.x, 39.9);
  EXPECT_LE(west_south.y, 560.1);
  EXPECT_LE(east_north.x, 760.1);
  EXPECT_GE(east_north.y, 39.9);
}

TEST(MapView, ASinglePlaceIsNotZoomedInOnWithoutEnd) {
  MapView view = View(3);
  WorldBox box;
  box.Add(Project({38, 69}));
  view.Fit(box, 40, 9);
  EXPECT_EQ(view.zoom, 9);
}

TEST(MapView, NumbersThatAreNoneBecomeTheWholeWorld) {
  MapView view = View(6);
  view.zoom = std::nan("");
  view.centre.x = std::nan("");
  view.Clamp();
  EXPECT_EQ(view.zoom, MapView::kLeastZoom);
  EXPECT_EQ(view.centre.x, 0.5);
}

TEST(ScaleBar, IsARoundLengthThatFits) {
  const ScaleBar bar = ScaleBarOf(View(6), 120);
  EXPECT_LE(bar.pixels, 120);
  EXPECT_GT(bar.pixels, 48);
  EXPECT_EQ(bar.metres, 200'000);
}

}  // namespace
}  // namespace daftar

// A form with hundreds of seized items: only the lines in sight are drawn.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <vector>

#include "client/ui/keys.h"
#include "tests/ui/stage.h"

namespace daftar {
namespace {

using ui::Role;

constexpr size_t kItems = 300;

TEST(FormGridTest, DrawsOfThreeHundredSeizedItemsThoseInSight) {
  Stage stage("daftar:incident/sample:I02");
  stage.Press(ui::keys::kE, true);
  stage.Settle();
  stage.Settle();
  forms::Form& form = stage.screen().editor->open.form;
  const forms::Node list = form.Find("accounts[0].seized");
  ASSERT_NE(list, 0U);
  while (form.ItemsOf(list).size() < kItems) {
    const forms::Node item = form.AddItem(list, 0);
    form.SetText(form.FieldOf(item, "model"), "M-16", 0);
  }
  stage.Settle();
  const auto drawn = [&] {
    size_t fields = 0;
    for (const ui::Widget& widget : stage.widgets()) fields += widget.role == Role::kField ? 1 : 0;
    return fields;
  };
  size_t most = 0;
  std::vector<double> frames;
  for (int step = 0; step < 200; ++step) {
    ImGui::GetIO().MouseWheel = -2;
    const std::clock_t begin = std::clock();
    stage.Frame();
    frames.push_back(1e3 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    most = std::max(most, drawn());
  }
  EXPECT_LT(most, 400U);
  std::sort(frames.begin(), frames.end());
  std::printf("frames of a form of %zu items: median %.2f ms of processor time, p99 %.2f; at most %zu fields drawn\n",
              kItems, frames[100], frames[198], most);
}

}  // namespace
}  // namespace daftar

#include <algorithm>

#include "client/ui/panels.h"
#include "imgui.h"

namespace daftar::ui {
namespace {

// Lines longer than this are hard to read.
constexpr float kWidest = 760;

}  // namespace

void DrawGuide(Ui& ui, const GuidePage& page) {
  const float width = std::min(ImGui::GetContentRegionAvail().x, ui.Px(kWidest));
  ui.Heading(page.title, Face::kTitle);
  for (const GuidePage::Chapter& chapter : page.chapters) {
    ImGui::Dummy({0, ui.Px(10)});
    ui.Heading(chapter.title);
    for (const GuidePage::Paragraph& paragraph : chapter.paragraphs) {
      ui.Rich(paragraph.text, paragraph.links, {}, width);
      ImGui::Dummy({0, ui.Px(1)});
    }
  }
}

}  // namespace daftar::ui

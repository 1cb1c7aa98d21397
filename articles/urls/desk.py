"""The desk's addresses of stories and photos; `newsroom.urls` gives them the namespace `desk`.

Pages end in a slash, files do not. `body.PHOTO_SRC` names the address of a preview.
"""

from django.urls import path

from articles.models.photo import RenditionName
from articles.views.desk import filing, photos, proofreading, saving, stories

urlpatterns = [
    path("stories/", stories.story_list, name="stories"),
    path("stories/new/", filing.story_new, name="story_new"),
    path("stories/file/", saving.story_file, name="story_file"),
    path("stories/<number:number>/", stories.story, name="story"),
    path("stories/<number:number>/edit/", filing.story_edit, name="story_edit"),
    path("stories/<number:number>/save/", saving.story_save, name="story_save"),
    path("stories/<number:number>/present/", saving.story_present, name="story_present"),
    path("stories/<number:number>/act/", stories.story_act, name="story_act"),
    path("stories/<number:number>/times/", stories.story_times, name="story_times"),
    path("stories/<number:number>/versions/<number:version>/", stories.revision, name="revision"),
    path("stories/<number:number>/right-so/", proofreading.story_right_so, name="story_right_so"),
    path("check/", proofreading.check, name="check"),
    path("lead-in/", filing.lead_in, name="lead_in"),
    path("people/", filing.people, name="people"),
    path("photos/", photos.photo_list, name="photos"),
    path("photos/add/", photos.photo_add, name="photo_add"),
    path("photos/<number:number>/", photos.photo, name="photo"),
    path("photos/<number:number>/original", photos.photo_original, name="photo_original"),
    *(
        path(f"photos/<number:number>/{name}", photos.photo_rendition, {"name": name}, name=f"photo_{name}")
        for name in RenditionName.values
    ),
]

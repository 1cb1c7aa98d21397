"""The desk's addresses of stories and photos; `newsroom.urls` gives them the namespace `desk`.

Pages end in a slash, files do not. `body.PHOTO_SRC` names the address of a preview.
"""

from django.urls import path

from articles.models.photo import RenditionName
from articles.views.desk import duty, filing, photos, remarks, stories

urlpatterns = [
    path("stories/", stories.story_list, name="stories"),
    path("stories/new/", filing.story_new, name="story_new"),
    path("stories/<number:number>/", stories.story, name="story"),
    path("stories/<number:number>/edit/", filing.story_edit, name="story_edit"),
    path("stories/<number:number>/act/", stories.story_act, name="story_act"),
    path("stories/<number:number>/times/", stories.story_times, name="story_times"),
    path("stories/<number:number>/versions/<number:version>/", stories.revision, name="revision"),
    path("stories/<number:number>/remarks/", remarks.story_remarks, name="story_remarks"),
    path("remarks/<number:number>/answer/", remarks.remark_answer, name="remark_answer"),
    path("remarks/<number:number>/settle/", remarks.remark_settle, name="remark_settle"),
    path("remarks/<number:number>/reopen/", remarks.remark_reopen, name="remark_reopen"),
    path("duty/", duty.duty, name="duty"),
    path("duty/<number:number>/back/", duty.duty_back, name="duty_back"),
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

// JavaRosa (in pyxform's ODK Validate) takes a form and an instance as Collect does, and says what it read.
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.condition.EvaluationContext;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormUtils;

public class Accept {
    public static void main(String[] words) throws Exception {
        PrototypeManager.registerPrototypes(JavaRosaCoreModule.classNames);
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        FormDef form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(Files.readAllBytes(Path.of(words[0]))));
        form.initialize(false, null);
        TreeElement saved = XFormParser.restoreDataModel(Files.readAllBytes(Path.of(words[1])), null).getRoot();
        TreeElement template = form.getInstance().getRoot().deepCopy(true);
        if (!saved.getName().equals(template.getName()) || saved.getMult() != 0)
            throw new IllegalStateException("another root");
        TreeReference top = TreeReference.rootRef();
        top.add(template.getName(), TreeReference.INDEX_UNBOUND);
        template.populate(saved, form);
        form.getInstance().setRoot(template);
        form.initialize(false, null);
        tell(form.getInstance().getRoot(), "");
    }

    private static void tell(TreeElement node, String above) {
        String path = above + "/" + node.getName();
        if (node.getMult() == TreeReference.INDEX_TEMPLATE) return;
        if (node.getNumChildren() == 0 && node.getValue() != null)
            System.out.println(path + "\t" + node.getValue().uncast().getString().replace("\n", "\\n"));
        for (int i = 0; i < node.getNumChildren(); i++) tell(node.getChildAt(i), path);
    }
}
